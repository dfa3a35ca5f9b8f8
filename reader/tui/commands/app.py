"""Commands of the list of articles, and of the program as a whole."""

from __future__ import annotations

from reader.tui.commands.command import row, section

LIBRARY = section(
    "Library",
    [
        row("library.next", "j down", "next article", "Go to the next article.",
           "library", hint="article", palette=False),
        row("library.previous", "k up", "previous article", "Go to the previous article.",
           "library", palette=False),
        row("library.feed", "", "add from a feed",
            "List a feed, or a list of feeds, and add what you pick from it.", "library"),
        row("library.open", "enter", "open", "Open the article.", "library", hint="open",
           palette=False),
        row("library.find", "/", "search everything",
           "Search titles, texts, notes, tags, labels, sources and evidence of all articles.",
           "library", action="app.find", hint="search"),
        row("library.add", "a", "add articles",
           "Add a file, a folder, a page from the web, or the text that you paste.", "library",
           hint="add"),
        row("library.filter", "F", "filter articles",
            "List only articles that fit: words, status: tag: label: outlet: added: has: by:",
            "library", hint="filter"),
        row("library.filter-clear", "", "all articles", "List all articles again.", "library"),
        row("library.sort", "S", "order of articles",
            "Last read, added, published, title, outlet, progress, status; again turns it round.",
            "library", hint="sort"),
        row("library.label", "t", "labels", "Give articles labels, or take them off.",
            "library", hint="labels"),
        row("library.status", "s", "status", "Say that articles are unread, being read, or done.",
            "library", hint="status"),
        row("library.archive", "d", "archive",
            "Put articles away; the list leaves them out. In a list of archived ones: bring back.",
            "library", hint="archive"),
        row("library.clear", "escape", "unmark, list all",
            "Give up an export, or relating; else take away the marks, then the filter.", "library",
            palette=False),
        row("library.list", "", "library", "Go to the list of articles.",
            "read panel relate"),
    ],
)  # fmt: skip

APP = section(
    "App",
    [
        row("help", "? f1", "help", "Show the keys that are valid here and what the tags mean.",
           "read select panel relate library changes ledger sources list help evidence"
            " relations feed split", hint="help"),
        row("find", "", "search everything",
           "Search titles, texts, notes, tags, labels, sources and evidence of all articles.",
           "read panel", action="app.find"),
        row("find.highlights", "", "highlights of all articles",
           "List all highlights of one tag or label, or whatever filter; Enter opens one.",
           "read panel library", action="app.find_highlights"),
        row("tour", "", "tour", "Six steps on the sample article, each with its key.",
           "read panel library", action="app.tour"),
        row("palette", ": ctrl+p", "palette", "Find any command by its name.",
           "read panel relate library", palette=False),
        row("back", "q", "back",
            "Go back one level; out of the program if it was started on a file. Nothing is lost.",
           "read panel relate library", hint="back", palette=False),
        row("suspend", "ctrl+z", "to the shell",
            "Go to the shell for a while; `fg` comes back.",
            "read select panel relate library ledger sources", action="app.suspend_process"),
        row("quit", "ctrl+q", "quit", "Leave the program.",
           "read select panel relate library ledger sources"),
    ],
)  # fmt: skip
