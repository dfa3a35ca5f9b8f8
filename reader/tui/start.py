"""Starts the interface: the library is opened while Textual is imported."""

from __future__ import annotations

import gc

from reader.services.beginning import begin
from reader.services.launch import Launch
from reader.tui.database import Database


def run(launch: Launch) -> int:
    """Open the screen and return the exit status when the user has left it.

    Raises:
        ReaderError: The library or what was named cannot be opened; the terminal was not touched.
    """
    gc.disable()  # collecting while everything is imported finds nothing and costs a tenth
    database = Database(launch.database)
    try:
        beginning = database.submit(
            lambda library: begin(
                library, launch.annotator, launch.codebook, launch.targets, launch.stdin
            )
        )
        from reader.tui.app import ReaderApp

        app = ReaderApp(database, beginning.result(), reading_width=launch.width)
        app.run()
        return app.return_code or 0
    finally:
        database.close()
