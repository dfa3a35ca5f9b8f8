"""The words that are written before Textual is there stand where Textual puts them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reader import assets
from reader.domain.article import Metadata
from reader.services import articles
from reader.services.beginning import load_session
from reader.storage.articles import Place
from reader.storage.library import Library
from reader.tui.first_paint import screenful
from tests.terminal import reader

TEXT = "First of all\n\n" + "\n\n".join(
    f"Paragraph {n} is \x1b[31mhere. " + f"It was said that {n} is a number, and 世界 a word. " * 4
    for n in range(60)
)
INDENT = 5


@pytest.mark.parametrize("place", [0, 6_000])
@pytest.mark.parametrize("size", [(120, 40), (110, 25), (80, 24), (50, 20)])
def test_the_words_do_not_move(tmp_path: Path, size: tuple[int, int], place: int) -> None:
    path, database = tmp_path / "a.txt", tmp_path / "library.db"
    path.write_text(TEXT, "utf-8")
    with Library(database) as library:
        me = library.annotator("ana")
        article = articles.add_file(library, path, me, metadata=Metadata(title="T")).article
        library.articles.keep_place(article.uid, me, Place(place, place, 0, "2024-01-01"))
        session = load_session(library, article.uid, me, assets.load_builtin("credibility-7"))
    first = screenful(session, 72, *size)
    assert not any("\x1b" in line for line in first)
    with reader(str(path), database=database, size=size) as terminal:
        terminal.wait_for("READ")
        terminal.wait_for_quiet()
        then = terminal.screen()
        terminal.send("q")
        assert terminal.wait() == 0
        assert terminal.output().count(b"\x1b[?1049h") == 1  # else it would blink
        assert terminal.output().count(b"\x1b[?1049l") == 1
    words = [(y, line.strip()) for y, line in enumerate(first) if line.strip()]
    assert len(words) >= 8
    for y, line in words:
        assert then[y][INDENT:].startswith(line[:20]), y


def test_the_screen_is_given_back_when_the_interface_cannot_start(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    with reader(
        str(path), database=tmp_path / "library.db", env={"TEXTUAL_DRIVER": "no.such:Driver"}
    ) as terminal:
        assert terminal.wait() != 0
        output = terminal.output()
    assert output.count(b"\x1b[?1049h") == output.count(b"\x1b[?1049l") == 1
    assert output.rstrip().endswith(b"\x1b[?25h") or b"\x1b[?25h" in output


def test_nothing_slow_is_imported_before_the_first_words() -> None:
    code = "import sys, reader.services.beginning, reader.tui.first_paint; print(*sys.modules)"
    loaded = set(
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.split()
    )
    slow = {"textual", "rich.console", "sqlite_utils", "markdown_it", "click", "charset_normalizer"}
    assert not loaded & slow
