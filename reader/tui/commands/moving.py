"""Commands that move about in the article, select, search, and say how often."""

from __future__ import annotations

from reader.tui.commands.command import row, section

MOVE = section(
    "Move",
    [
        row("statement.next", "j down", "next statement", "Go to the next statement.",
           "read", hint="statement", palette=False),
        row("statement.previous", "k up", "previous statement", "Go to the previous statement.",
           "read", palette=False),
        row("paragraph.next", "}", "next paragraph", "Go to the next paragraph.",
           "read select", palette=False),
        row("paragraph.previous", "{", "previous paragraph",
           "Go to the beginning of this paragraph, then to the one before.",
           "read select", palette=False),
        row("page.down", "space pagedown", "page down", "Go on by a page.",
           "read library", palette=False),
        row("page.up", "b pageup", "page up", "Go back by a page.",
           "read library", palette=False),
        row("half-page.down", "ctrl+d", "half a page down", "Read on by half a page.",
           palette=False),
        row("half-page.up", "ctrl+u", "half a page up", "Go back by half a page.", palette=False),
        row("line.down", "ctrl+e", "line down", "Move the text up by one line.", palette=False),
        row("line.up", "ctrl+y", "line up", "Move the text down by one line.", palette=False),
        row("text.top", "g home", "top", "Go to the first statement, entry or article.",
           "read panel library"),
        row("text.bottom", "G end", "bottom", "Go to the last statement, entry or article.",
           "read panel library"),
        row("unjudged.next", "w", "next unjudged",
           "Go to the next statement without a tag of the codebook.", hint="next unjudged"),
        row("unjudged.previous", "W", "previous unjudged",
           "Go to the previous statement without a tag of the codebook."),
        row("highlight.next", "]", "next highlight", "Go to the next highlight.", "read"),
        row("highlight.previous", "[", "previous highlight", "Go to the previous highlight.",
           "read"),
        row("highlight.cycle", ";", "overlapping highlights",
           "Go through the highlights that overlap here."),
        row("contents", "T", "contents", "List the headings and go to one."),
        row("bookmark.set", "m", "set a mark", "Set a mark here; the next key is its letter."),
        row("bookmark.go", "`", "go to a mark",
           "Go to a mark; the next key is its letter."),
        row("bookmark.list", "", "list of marks", "List the marks in this article and go to one."),
        row("jump.back", "( alt+left", "back", "Go back to where the last jump began."),
        row("jump.forward", ") alt+right", "forward", "Go where you have come back from."),
        row("article.next", "J", "next article",
           "Open the next article of those named at the start, else of the list."),
        row("article.previous", "K", "previous article",
           "Open the previous article of those named at the start, else of the list."),
    ],
)  # fmt: skip

SEARCH = section(
    "Search",
    [
        row("search", "/", "search",
           "Search in the article; lower case finds both cases, Ctrl-R takes a regular expression.",
           hint="search"),
        row("search.next", "n", "next hit", "Go to the next hit.", palette=False),
        row("search.previous", "N", "previous hit", "Go to the previous hit.", palette=False),
        row("search.list", "*", "list of hits",
           "List all hits; go to one, or tag, flag or highlight every statement with one."),
        row("search.act", "", "act on all hits",
           "Tag, flag or highlight every statement that contains a hit."),
        row("search.clear", "escape", "forget the search",
           "Stop what is under way; else take the marks of hits away."),
    ],
)  # fmt: skip

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
"""Also what moves the ends of a selection."""

COUNT = section(
    "Counts",
    [
        *(
            row(f"count.{digit}", "", f"count {digit}",
               "How often to do what comes next, or where to go with top and bottom.",
               "read select panel library", action=f"count('{digit}')", palette=False)
            for digit in (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)
        ),
    ],
)  # fmt: skip
"""Counts, of the preset ``vim-strict``: they have no keys by default."""
