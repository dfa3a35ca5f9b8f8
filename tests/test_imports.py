"""What is imported when: the layers below know no interface, and nothing slow delays the start."""

from __future__ import annotations

import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import reader
from reader.services.capturing import adding
from reader.services.folders import APP
from reader.storage.library import Library
from tests.terminal import ROOT, Terminal

HEADLESS = ("cli", "services", "storage", "capture", "formats", "domain", "assets")


def loaded(code: str) -> set[str]:
    """Return the modules that are there after some code ran in an interpreter of its own."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print('\\n'.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split("\n"))


def test_no_module_below_the_interface_imports_textual() -> None:
    names = [
        module.name
        for module in pkgutil.walk_packages(reader.__path__, "reader.")
        if module.name.split(".")[1] in HEADLESS
    ]
    assert len(names) > 30
    found = loaded("\n".join(f"import {name}" for name in names))
    assert not {name for name in found if name.split(".")[0] in ("textual", "rich")}


FIRST_SCREEN = """
import sys
from reader.tui import quick_import
quick_import.import_standard()
from pathlib import Path
from reader.__main__ import main
import reader.tui.start as start
opened = start._open
def _open(*given, **named):
    start.quick_import.import_textual()
    from reader.tui.app import ReaderApp
    mount = ReaderApp.on_mount
    def on_mount(app):
        mount(app)
        app.screen.call_after_refresh(lambda: app.set_timer(0.1, lambda: seen(app)))
    ReaderApp.on_mount = on_mount
    return opened(*given, **named)
def seen(app):
    assert app.screen.pane.size.width > 40
    Path(sys.argv[2]).write_text("\\n".join(sys.modules))
    app.exit()
start._open = _open
sys.exit(main([sys.argv[1]]))
"""
"""Opens an article in a terminal, and notes what is imported when its screen is drawn."""

LATE = {
    *("sqlite_utils", "markdown_it", "pygments", "trafilatura", "lxml", "aiohttp", "click"),
    *("importlib.metadata", "charset_normalizer", "csv", "urllib.request", "tomllib", "ssl"),
    *("textual.widgets._text_area", "textual.widgets._markdown"),
    *("reader.capture", "reader.formats", "reader.cli.main", "reader.tui.screens.dialogs"),
    *("reader.services.exchange.exporting", "reader.storage.schema.tables"),
    *("reader.storage.backup",),
    *("reader.domain.words", "reader.domain.codebook_file.check", "reader.tui.library.screen"),
    *("reader.tui.widgets.note", "reader.tui.widgets.searchbar"),
    *("textual.command", "textual.markup", "textual.widgets._input", "rich.table", "platformdirs"),
    *("rich.markup", "rich.panel", "asyncio.sslproto", "ast", "copy", "decimal", "json", "shutil"),
    *("difflib", "locale", "mimetypes", "pickle", "tokenize", "typing_extensions", "uuid"),
    *("urllib.parse", "ipaddress"),
}
"""What no first screen needs."""

OWN_MODULES = 132
"""Modules of this package that may be imported for the first screen: each costs a third of a
millisecond before it does anything. Import what it does not draw inside the function that needs
it, or with :class:`reader.domain.late.Late`."""


def test_the_first_screen_is_drawn_without_what_it_does_not_need(tmp_path: Path) -> None:
    article, seen = tmp_path / "article.txt", tmp_path / "seen"
    article.write_text("One statement. And another.\n")
    os.utime(article, (0, 0))  # last written before it is added
    with Library(tmp_path / "l.db") as library:
        adding.add_file(library, article, library.annotator("ana"))
    own = {"READER_DB": str(tmp_path / "l.db"), "READER_ANNOTATOR": "ana", "PYTHONPATH": ROOT}
    own["COLORFGBG"] = "15;0"  # the background is known, as it is from the second start on
    command = [sys.executable, "-c", FIRST_SCREEN, str(article), str(seen)]
    with Terminal(command, env=own) as terminal:
        assert terminal.wait() == 0
    found = seen.read_text().split()
    assert "textual.app" in found
    assert sorted(LATE & set(found)) == []
    ours = [name for name in found if name.split(".")[0] == "reader"]
    assert len(ours) <= OWN_MODULES, f"{len(ours)} modules"


FIRST_WORDS = """
import sys
before = set(sys.modules)
from reader.__main__ import main
from reader.tui import first_words
write = first_words.write
def seen(name):
    painted = write(name)
    with open(sys.argv[2], "w") as file:
        file.write("\\n".join(set(sys.modules) - before))
    sys.exit(0 if painted else 9)
first_words.write = seen
main([sys.argv[1]])
"""
"""Notes what is imported when the first words of an article are on the terminal."""

WORDS_NEED = {"__future__", "array", "bisect", "_bisect", "collections.abc", "gc", "termios"}
"""What the first words take from the standard library besides SQLite: each module more is felt.

``typing``, ``re`` and ``enum`` are a third of the time; see :mod:`reader.domain.records` and
:mod:`reader.domain.late`.
"""

WORDS_OWN = 31
"""Modules of this package that the first words need."""


def test_the_first_words_are_written_with_little_more_than_sqlite(tmp_path: Path) -> None:
    article, seen = tmp_path / "article.txt", tmp_path / "seen"
    article.write_text(
        "“Is it so?” he said. See fig. 3.\nAnd another: “One … two.” – 3. Mai\n", "utf-8"
    )
    os.utime(article, (0, 0))  # last written before it is added
    with Library(tmp_path / "l.db") as library:
        adding.add_file(library, article, library.annotator("ana"))
    own = {"READER_DB": str(tmp_path / "l.db"), "READER_ANNOTATOR": "ana", "PYTHONPATH": ROOT}
    config = tmp_path / "config" / APP / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('width = 80\n[keys]\n"statement.next" = "n"\n', "utf-8")
    own["XDG_CONFIG_HOME"] = str(tmp_path / "config")
    command = [sys.executable, "-c", FIRST_WORDS, str(article), str(seen)]
    with Terminal(command, env=own) as terminal:
        assert terminal.wait() == 0
    found = set(seen.read_text().split())
    ours = {name for name in found if name.split(".")[0] == "reader"}
    assert "reader.storage.glance" in ours
    assert sorted(found - ours - loaded("import _sqlite3") - WORDS_NEED) == []
    assert len(ours) <= WORDS_OWN, sorted(ours)


def test_dataclasses_are_the_quick_ones() -> None:
    slow = [
        str(path)
        for path in Path(reader.__path__[0]).rglob("*.py")
        if path.name != "records.py"
        and re.search(r"^from dataclasses import .*\bdataclass\b", path.read_text("utf-8"), re.M)
    ]
    assert slow == [], "take dataclass from reader.domain.records: the standard one costs 0.5 ms"


def test_no_parser_of_foreign_formats_is_loaded_into_the_program(tmp_path: Path) -> None:
    story = tmp_path / "story.md"
    story.write_text("# Title\n\nSome text.\n")
    found = loaded(
        "from reader.cli.main import cli\n"
        "from reader.capture import sandbox, capture_file\n"
        f"capture_file({str(story)!r})"
    )
    assert not {name for name in found if name.split(".")[0] in ("lxml", "pypdfium2", "zipfile")}


def test_workers_are_given_what_makes_a_coroutine() -> None:
    """A coroutine is left unawaited, and told on the terminal, if the program is left before."""
    calls = re.compile(r"run_worker\(\s*[\w.]+\(")
    found = [
        str(path)
        for path in (Path(reader.__path__[0]) / "tui").rglob("*.py")
        if calls.search(path.read_text("utf-8"))
    ]
    assert found == [], "use reader.tui.asking.run_beside"
