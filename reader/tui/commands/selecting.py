"""Commands that select, and move the ends of a selection."""

from __future__ import annotations

from reader.tui.commands.command import row, section

SELECT = section(
    "Select",
    [
        row("select.word", "v", "select by word", "Select from the word at the cursor.",
           "read relate", hint="select"),
        row("select.statement", "V", "select by statement", "Select whole statements.",
           "read relate"),
        row("select.cancel", "escape v", "cancel", "Leave the selection.",
           "select", hint="leave", palette=False),
        row("select.left", "h left", "character left", "Move the end by one character.",
           "select", palette=False),
        row("select.right", "l right", "character right", "Move the end by one character.",
           "select", palette=False),
        row("select.word-next", "w", "word right", "Move the end to the next word.",
           "select", hint="word", palette=False),
        row("select.word-back", "b", "word left", "Move the end to the previous word.",
           "select", palette=False),
        row("select.word-end", "e", "word end", "Move the end to the end of the word.",
           "select", palette=False),
        row("select.statement-next", "j down", "statement down",
           "Move the end to the next statement.", "select", palette=False),
        row("select.statement-previous", "k up", "statement up",
           "Move the end to the previous statement.", "select", palette=False),
        row("select.statement-start", "^", "start of statement",
           "Move the end to the start of its statement.", "select", palette=False),
        row("select.statement-end", "$", "end of statement",
           "Move the end to the end of its statement.", "select", palette=False),
        row("select.other-end", "o", "other end", "Move the other end of the selection.",
           "select", hint="other end", palette=False),
        row("select.snap", "s", "whole statements", "Widen the selection to whole statements.",
           "select", palette=False),
        row("select.keep", "enter", "plain highlight", "Highlight the selection.",
           "select", hint="highlight", palette=False),
    ],
)  # fmt: skip
