"""Commands of the annotation panel and of what is seen."""

from __future__ import annotations

from reader.tui.commands.command import row, section

PANEL = section(
    "Panel",
    [
        row("panel.next", "j down", "next entry", "Go to the next entry; the article follows.",
           "panel", hint="entry", palette=False),
        row("panel.previous", "k up", "previous entry",
           "Go to the previous entry; the article follows.", "panel", palette=False),
        row("panel.page-down", "space pagedown", "page down", "Go on by a page of entries.",
           "panel", palette=False),
        row("panel.page-up", "b pageup", "page up", "Go back by a page of entries.",
           "panel", palette=False),
        row("panel.jump", "enter", "jump", "Go to the entry's place in the article.",
           "panel", palette=False),
        row("panel.leave", "escape", "back to the article", "Go back to the article.",
           "panel", hint="article", palette=False),
    ],
)  # fmt: skip

VIEW = section(
    "View",
    [
        row("focus.switch", "tab", "article or panel", "Go from the article to the panel or back.",
           "read panel", palette=False),
        row("width.wider", "+", "wider text", "Four columns wider."),
        row("width.narrower", "-", "narrower text", "Four columns narrower."),
        row("width.reset", "=", "normal width", "Back to 72 columns."),
        row("panel.place", "z", "panel side, bottom, hidden", "Change where the panel stands.",
           "read panel", hint="panel"),
        row("export", "E", "export", "Write the highlights to a CSV file.",
           "read panel library", hint="export"),
        row("copy", "y", "copy quotation",
            "Copy the quotation with its citation and tags to the clipboard.",
            "read select panel"),
        row("copy.markdown", "", "copy quotation as Markdown",
            "Copy the quotation with its citation and tags as Markdown.", "read panel",
            action="copy('markdown')"),
        row("copy.offsets", "", "copy offsets",
            "Copy where the words are: first and last code point, and the text's SHA-256.",
            "read panel", action="copy('offsets')"),
        row("original", "o", "open the original", "Open the article's address in the browser.",
            "read panel"),
        row("saved", "ctrl+s", "last save", "Say when the last change was saved.", "read panel"),
        row("theme", "", "theme", "Choose the colours: dark, light, high contrast, the terminal's.",
           "read panel library", action="app.choose_theme"),
        row("highlight-style", "", "highlight style",
           "Choose how marked words look: tint, solid, underline.",
           "read panel library", action="app.choose_highlight_style"),
        row("rescue", "", "take in what was not saved",
            "Take in what an earlier run of reader could not save.", "read panel library"),
        row("symbols", "", "symbols", "Choose signs in Unicode or in ASCII.",
           "read panel library", action="app.choose_symbols"),
        row("annotator", "", "change annotator", "Say who annotates.", "read panel library"),
    ],
)  # fmt: skip
