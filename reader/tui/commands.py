"""The one table of commands: bindings, hint line, help, palette and the README are made from it.

A command's id is stable: settings refer to it. Its action is the method ``action_<action>`` of
whatever screen or widget carries the command's context.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Context = Literal["read", "select", "panel", "library"]
"""Where a key is valid: the article, a selection in it, the panel, the list of articles."""

CONTEXT_TITLES: dict[Context, str] = {
    "read": "Reading (article)",
    "select": "Selecting",
    "panel": "Annotation panel",
    "library": "Library",
}


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can do.

    Attributes:
        id: Stable name, ``subject.verb``; unique within its context.
        keys: Key names as Textual spells them; the first is shown.
        title: Two to four words, for help and palette.
        tooltip: One sentence, for help.
        action: Textual action string.
        contexts: Where the keys are valid.
        section: Heading in the help.
        hint: Short word for the hint line; empty if it has no place there.
        palette: Whether the palette offers it.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    tooltip: str
    action: str
    contexts: tuple[Context, ...]
    section: str
    hint: str = ""
    palette: bool = True


def _c(
    id: str,
    keys: str,
    title: str,
    tooltip: str,
    contexts: str = "read",
    *,
    action: str = "",
    section: str = "",
    hint: str = "",
    palette: bool = True,
) -> Command:
    """Return one row: keys and contexts are separated by spaces, the action defaults to the id."""
    return Command(
        id=id,
        keys=tuple(keys.split()),
        title=title,
        tooltip=tooltip,
        action=action or id.replace(".", "_").replace("-", "_"),
        contexts=tuple(contexts.split()),  # type: ignore[arg-type] # checked by a test
        section=section,
        hint=hint,
        palette=palette,
    )


def _section(name: str, rows: Iterable[Command]) -> Iterator[Command]:
    """Yield the rows under one heading."""
    for row in rows:
        yield Command(
            row.id,
            row.keys,
            row.title,
            row.tooltip,
            row.action,
            row.contexts,
            name,
            row.hint,
            row.palette,
        )


MOVE = _section(
    "Move",
    [
        _c("statement.next", "j down", "next statement", "Go to the next statement.",
           "read", hint="statement", palette=False),
        _c("statement.previous", "k up", "previous statement", "Go to the previous statement.",
           "read", palette=False),
        _c("paragraph.next", "}", "next paragraph", "Go to the next paragraph.",
           "read select", palette=False),
        _c("paragraph.previous", "{", "previous paragraph",
           "Go to the beginning of this paragraph, then to the one before.",
           "read select", palette=False),
        _c("page.down", "space pagedown", "page down", "Go on by a page.",
           "read library", palette=False),
        _c("page.up", "b pageup", "page up", "Go back by a page.",
           "read library", palette=False),
        _c("half-page.down", "ctrl+d", "half a page down", "Read on by half a page.",
           palette=False),
        _c("half-page.up", "ctrl+u", "half a page up", "Go back by half a page.", palette=False),
        _c("line.down", "ctrl+e", "line down", "Move the text up by one line.", palette=False),
        _c("line.up", "ctrl+y", "line up", "Move the text down by one line.", palette=False),
        _c("text.top", "g home", "top", "Go to the first statement, entry or article.",
           "read panel library"),
        _c("text.bottom", "G end", "bottom", "Go to the last statement, entry or article.",
           "read panel library"),
        _c("unjudged.next", "w", "next unjudged", "Go to the next statement without a judgement.",
           hint="next unjudged"),
        _c("unjudged.previous", "W", "previous unjudged",
           "Go to the previous statement without a judgement."),
        _c("highlight.next", "]", "next highlight", "Go to the next highlight.", "read"),
        _c("highlight.previous", "[", "previous highlight", "Go to the previous highlight.",
           "read"),
        _c("highlight.cycle", ";", "overlapping highlights",
           "Go through the highlights that overlap here."),
        _c("contents", "T", "contents", "List the headings and go to one."),
        _c("article.next", "J", "next article", "Open the next article of the library."),
        _c("article.previous", "K", "previous article",
           "Open the previous article of the library."),
    ],
)  # fmt: skip

SEARCH = _section(
    "Search",
    [
        _c("search", "/", "search", "Search in the article; lower case finds both cases.",
           hint="search"),
        _c("search.next", "n", "next hit", "Go to the next hit.", palette=False),
        _c("search.previous", "N", "previous hit", "Go to the previous hit.", palette=False),
    ],
)  # fmt: skip

TAG = _section(
    "Tag",
    [
        *(
            _c(f"tag.{key}", str(key), f"tag {key}",
               f"Set the tag on key {key} of this facet, or take it off.",
               "read select panel", action=f"tag('{key}')", palette=False)
            for key in (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)
        ),
        _c("tag.palette", "t", "tags", "Find a tag by name, with definitions.",
           "read select panel", hint="tags"),
        _c("tag.repeat", ".", "last tag again",
           "Set the last tag again; it never takes it off.", "read select panel"),
        _c("facet.previous", "<", "previous facet", "Use the previous question of the codebook.",
           "read select panel"),
        _c("facet.next", ">", "next facet", "Use the next question of the codebook.",
           "read select panel"),
        _c("note", "a enter", "note", "Write a note; makes the highlight if there is none.",
           "read", hint="note"),
        _c("note.write", "a", "note", "Write a note on this.", "select panel"),
        _c("confidence", "c", "confidence", "Confidence: low, moderate, high, not given.",
           "read panel"),
        _c("flag", "f", "flag", "Flag to check later, or take the flag off.",
           "read select panel"),
        _c("highlight.plain", "h", "plain highlight", "Highlight without a tag."),
        _c("highlight.delete", "d", "delete highlight",
           "Delete the highlight under the cursor; undo brings it back.", "read panel"),
        _c("undo", "u", "undo", "Take back the last thing done in this article.",
           "read select panel", hint="undo"),
        _c("redo", "ctrl+r", "redo", "Do again what was undone.", "read select panel"),
        _c("codebook", "", "choose codebook", "Choose the codebook whose tags the digits set."),
        _c("block.role", "", "change paragraph's role",
           "Say what this paragraph is: body, caption, credit, quote …"),
    ],
)  # fmt: skip

SELECT = _section(
    "Select",
    [
        _c("select.word", "v", "select by word", "Select from the word at the cursor.",
           "read", hint="select"),
        _c("select.statement", "V", "select by statement", "Select whole statements.", "read"),
        _c("select.cancel", "escape v", "cancel", "Leave the selection.",
           "select", hint="leave", palette=False),
        _c("select.left", "h left", "character left", "Move the end by one character.",
           "select", palette=False),
        _c("select.right", "l right", "character right", "Move the end by one character.",
           "select", palette=False),
        _c("select.word-next", "w", "word right", "Move the end to the next word.",
           "select", hint="word", palette=False),
        _c("select.word-back", "b", "word left", "Move the end to the previous word.",
           "select", palette=False),
        _c("select.word-end", "e", "word end", "Move the end to the end of the word.",
           "select", palette=False),
        _c("select.statement-next", "j down", "statement down",
           "Move the end to the next statement.", "select", palette=False),
        _c("select.statement-previous", "k up", "statement up",
           "Move the end to the previous statement.", "select", palette=False),
        _c("select.statement-start", "^", "start of statement",
           "Move the end to the start of its statement.", "select", palette=False),
        _c("select.statement-end", "$", "end of statement",
           "Move the end to the end of its statement.", "select", palette=False),
        _c("select.other-end", "o", "other end", "Move the other end of the selection.",
           "select", hint="other end", palette=False),
        _c("select.snap", "s", "whole statements", "Widen the selection to whole statements.",
           "select", palette=False),
        _c("select.keep", "enter", "plain highlight", "Highlight the selection.",
           "select", hint="highlight", palette=False),
    ],
)  # fmt: skip

PANEL = _section(
    "Panel",
    [
        _c("panel.next", "j down", "next entry", "Go to the next entry; the article follows.",
           "panel", hint="entry", palette=False),
        _c("panel.previous", "k up", "previous entry",
           "Go to the previous entry; the article follows.", "panel", palette=False),
        _c("panel.page-down", "space pagedown", "page down", "Go on by a page of entries.",
           "panel", palette=False),
        _c("panel.page-up", "b pageup", "page up", "Go back by a page of entries.",
           "panel", palette=False),
        _c("panel.jump", "enter", "jump", "Go to the entry's place in the article.",
           "panel", palette=False),
        _c("panel.leave", "escape", "back to the article", "Go back to the article.",
           "panel", hint="article", palette=False),
    ],
)  # fmt: skip

VIEW = _section(
    "View",
    [
        _c("focus.switch", "tab", "article or panel", "Go from the article to the panel or back.",
           "read panel", palette=False),
        _c("width.wider", "+", "wider text", "Four columns wider."),
        _c("width.narrower", "-", "narrower text", "Four columns narrower."),
        _c("width.reset", "=", "normal width", "Back to 72 columns."),
        _c("panel.place", "z", "panel side, bottom, hidden", "Change where the panel stands.",
           "read panel", hint="panel"),
        _c("export", "E", "export", "Write the highlights to a CSV file.",
           "read panel library", hint="export"),
        _c("saved", "ctrl+s", "last save", "Say when the last change was saved.", "read panel"),
        _c("annotator", "", "change annotator", "Say who annotates.", "read panel library"),
    ],
)  # fmt: skip

LIBRARY = _section(
    "Library",
    [
        _c("library.next", "j down", "next article", "Go to the next article.",
           "library", hint="article", palette=False),
        _c("library.previous", "k up", "previous article", "Go to the previous article.",
           "library", palette=False),
        _c("library.open", "enter", "open", "Open the article.", "library", hint="open",
           palette=False),
    ],
)  # fmt: skip

APP = _section(
    "App",
    [
        _c("help", "? f1", "help", "Show the keys that are valid here and what the tags mean.",
           "read select panel library", hint="help"),
        _c("palette", ": ctrl+p", "palette", "Find any command by its name.",
           "read panel library", palette=False),
        _c("back", "q", "back", "Go back one level; nothing is ever lost.",
           "read panel library", hint="back", palette=False),
        _c("quit", "ctrl+q", "quit", "Leave the program.", "read select panel library"),
    ],
)  # fmt: skip

COMMANDS: tuple[Command, ...] = (
    *MOVE, *SEARCH, *TAG, *SELECT, *PANEL, *VIEW, *LIBRARY, *APP,
)  # fmt: skip

_KEY_NAMES = {
    "space": "Space", "pagedown": "PgDn", "pageup": "PgUp", "down": "↓", "up": "↑",
    "left": "←", "right": "→", "home": "Home", "end": "End", "enter": "Enter", "escape": "Esc",
    "tab": "Tab", "f1": "F1",
}  # fmt: skip


def key_name(key: str) -> str:
    """Return how a key is written for people: ``ctrl+d`` as ``Ctrl-D``."""
    if key.startswith("ctrl+"):
        return f"Ctrl-{key[5:].upper()}"
    return _KEY_NAMES.get(key, key)


def commands_for(context: Context) -> list[Command]:
    """Return the commands of a context, in the table's order."""
    return [command for command in COMMANDS if context in command.contexts]
