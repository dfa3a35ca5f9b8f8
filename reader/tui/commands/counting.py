"""Commands of the preset ``vim-strict``: counts; they have no keys by default."""

from __future__ import annotations

from reader.tui.commands.command import row, section

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
