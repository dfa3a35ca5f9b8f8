"""Commands of dialogs. Import late: no first screen has one.

Enter, Escape and the keys of text fields are no commands: they are the same everywhere.
"""

from __future__ import annotations

from reader.tui.commands.answering import KIND, STANCE, VOICE
from reader.tui.commands.command import Command, row, section

LIST = section(
    "Lists",
    [
        row("list.next", "j down", "next", "Go to the next entry.",
            "list help evidence relations feed split kind", action="step(1)",
            palette=False),
        row("list.previous", "k up", "previous", "Go to the previous entry.",
            "list help evidence relations feed split kind", action="step(-1)",
            palette=False),
        row("list.page-down", "space pagedown", "page down", "Go on by a page.",
            "list help evidence relations feed split", action="page(1)", palette=False),
        row("list.page-up", "b pageup", "page up", "Go back by a page.",
            "list help relations feed split", action="page(-1)", palette=False),
        row("list.top", "g home", "top", "Go to the first entry.",
            "list help evidence relations feed split", action="end(0)", palette=False),
        row("list.bottom", "G end", "bottom", "Go to the last entry.",
            "list help evidence relations feed split", action="end(-1)", palette=False),
        row("list.leave", "q", "leave", "Leave, as Esc does.",
            "list help evidence relations feed split voice", action="leave", palette=False),
        row("help.search", "/", "search in the help", "Show only keys that have to do with it.",
            "help", action="search", palette=False),
    ],
)  # fmt: skip

EVIDENCE = section(
    "Evidence",
    [
        row("evidence.add", "a", "add", "Add evidence.", "evidence", action="wish('add')",
            palette=False),
        row("evidence.find", "f", "find earlier", "Use evidence that was used before.", "evidence",
            action="wish('find')", palette=False),
        row("evidence.edit", "e", "edit", "Edit the evidence, as Enter does.", "evidence",
            action="wish('edit')", palette=False),
        row("evidence.stance", "s", "stance", "Change what it says of the statement.", "evidence",
            action="wish('stance')", palette=False),
        row("evidence.unlink", "d", "unlink", "It says nothing of this statement.", "evidence",
            action="wish('unlink')", palette=False),
        row("evidence.because", "b", "because", "Let the tag that is there rest on it.",
            "evidence", action="wish('because')", palette=False),
        row("evidence.open", "o", "open", "Open its address in the browser.", "evidence",
            action="wish('open')", palette=False),
        row("evidence.page-up", "pageup", "page up", "Go back by a page.", "evidence",
            action="page(-1)", palette=False),
    ],
)  # fmt: skip

RELATIONS = section(
    "Relations",
    [
        row("relations.edit", "e", "change", "Change kind, judgement or note.", "relations",
            action="wish('edit')", palette=False),
        row("relations.retract", "d", "take back", "Take the relation back.", "relations",
            action="wish('retract')", palette=False),
        row("relations.add", "r", "add", "Relate the statement to another one.", "relations",
            action="wish('add')", palette=False),
    ],
)  # fmt: skip

RELATING = section(
    "Judging a relation",
    [
        row("relating.next", "right down", "next", "Go to the next tag.", "relating",
            action="step(1)", palette=False),
        row("relating.previous", "left up", "previous", "Go to the previous tag.", "relating",
            action="step(-1)", palette=False),
        row("relating.choose", "space", "choose", "Give that tag, or take it off.", "relating",
            action="choose", palette=False),
        row("relating.note", "a", "note", "Write a note on the relation.", "relating",
            action="note", palette=False),
    ],
)  # fmt: skip

FEED = section(
    "Feed",
    [
        row("feed.mark", "x", "mark", "Mark the entry and go on.", "feed", action="mark",
            palette=False),
        row("feed.mark-all", "X", "mark all", "Mark all that are not in the library yet.", "feed",
            action="mark_all", palette=False),
    ],
)  # fmt: skip

SPLIT = section(
    "Splitting a source",
    [
        row("split.mark", "x", "mark", "Mark what is said by another one.", "split",
            action="turn", palette=False),
        row("split.mark-all", "*", "mark all", "Mark all, or none.", "split", action="turn_all",
            palette=False),
    ],
)  # fmt: skip

OFFER = section(
    "What a page says otherwise now",
    [
        row("offer.take", "y", "take", "Take what the page says now, as Enter does.", "offer",
            action="take", palette=False),
        row("offer.leave", "n q", "leave", "Leave what is known, as Esc does.", "offer",
            action="leave", palette=False),
    ],
)  # fmt: skip

CHOOSE = section(
    "Choosing",
    [
        row("choose.next", "down ctrl+n", "next", "Go to the next one.", "choose hits picker",
            action="step(1)", palette=False, priority=True),
        row("choose.previous", "up ctrl+p", "previous", "Go to the previous one.",
            "choose hits picker", action="step(-1)", palette=False, priority=True),
        row("choose.page-down", "pagedown", "page down", "Go on by a page.", "choose hits picker",
            action="page(1)", palette=False, priority=True),
        row("choose.page-up", "pageup", "page up", "Go back by a page.", "choose hits picker",
            action="page(-1)", palette=False, priority=True),
        row("hits.act", "tab", "act on all", "Tag, flag or highlight all that are listed.",
            "hits", action="act", palette=False, priority=True),
    ],
)  # fmt: skip

PICKER = section(
    "Who said it",
    [
        row("picker.via", ">", "take, then via", "Take it, and go on to the next hop of the chain.",
            "picker", action="via", palette=False),
        row("picker.turn", "tab", "judge the source", "Go from picking to judging, or back.",
            "picker", action="turn", palette=False),
        row("picker.kind", "ctrl+t", "other kind", "Give a new source another kind.",
            "picker", action="turned('kind')", palette=False),
        row("picker.naming", "ctrl+g", "other naming", "Give a new source another naming.",
            "picker", action="turned('naming')", palette=False),
        row("picker.hop-next", "right", "next hop",
            "Go to the next hop; while nothing is typed.", "picker", action="hop(1)",
            palette=False),
        row("picker.hop-previous", "left", "previous hop",
            "Go to the previous hop; while nothing is typed.", "picker", action="hop(-1)",
            palette=False),
        row("picker.move-on", "ctrl+right shift+right", "move on",
            "Move the hop on in the chain; while nothing is typed.", "picker", action="swap(1)",
            palette=False),
        row("picker.move-back", "ctrl+left shift+left", "move back",
            "Move the hop back in the chain; while nothing is typed.", "picker",
            action="swap(-1)", palette=False),
        row("picker.remove", "backspace delete", "take out",
            "Take the hop out of the chain; while nothing is typed.", "picker", action="remove",
            palette=False),
    ],
)  # fmt: skip

ANSWER = section(
    "Answers",
    [
        row("answer.next", "right l", "next", "Go to the next format, or tag.", "answer verdict",
            action="step(1)", palette=False),
        row("answer.previous", "left h", "previous", "Go to the previous format, or tag.",
            "answer verdict", action="step(-1)", palette=False),
        row("answer.choose", "space", "choose",
            "Give that answer, or take it off; of formats, take the next one.",
            "answer stance verdict", action="choose", palette=False),
    ],
)  # fmt: skip

WRITE = section(
    "Writing",
    [
        row("form.save", "ctrl+s", "save and leave", "Save and leave, as Esc does.", "form note",
            action="save", palette=False, priority=True),
        row("form.next", "down", "next field", "Go to the next field, as Tab does.", "form",
            action="app.focus_next", palette=False),
        row("form.previous", "up", "previous field", "Go to the previous field.", "form",
            action="app.focus_previous", palette=False),
        row("form.help", "f1", "help", "Show the keys that are valid here.",
            "form note choose hits picker voice", action="help", palette=False),
        row("note.editor", "ctrl+e", "your editor", "Go on in the editor of your own.", "note",
            action="editor", palette=False, priority=True),
    ],
)  # fmt: skip

LINE = section(
    "Search line",
    [
        row("line.list", "down", "list of hits", "Find it and list all hits.", "line",
            action="list_hits", palette=False),
        row("line.regex", "ctrl+r", "regular expression",
            "Search for a regular expression, or for words again.", "line",
            action="toggle_regex", palette=False),
    ],
)  # fmt: skip

DIALOGS: tuple[Command, ...] = (
    *LIST, *EVIDENCE, *RELATIONS, *KIND, *RELATING, *STANCE, *FEED, *SPLIT, *OFFER, *CHOOSE,
    *PICKER, *VOICE, *ANSWER, *WRITE, *LINE,
)  # fmt: skip

TYPED = frozenset({"choose", "hits", "picker", "line", "form", "note"})
"""Contexts in which letters and digits are typed, so that they can be no commands."""

FIXED = frozenset({"escape", "enter"})
"""Keys that mean the same in every dialog: take it, leave it."""

EDITING = frozenset({
    "space", "backspace", "delete", "left", "right", "home", "end", "tab", "shift+tab",
    "ctrl+left", "ctrl+right", "shift+left", "shift+right", "shift+home", "shift+end",
    *(f"ctrl+{letter}" for letter in "acdefkuvwxyz"),
})  # fmt: skip
"""Keys that a field needs for itself, or to get out of it."""
