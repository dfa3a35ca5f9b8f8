"""Clipboard, browser and the user's own editor."""

from __future__ import annotations

import base64
import os
import re
import stat
import sys
from pathlib import Path

import pytest

from reader.domain.article import Metadata
from reader.domain.errors import UsageError
from reader.domain.text import Span
from reader.services.browser import checked
from reader.services.reading.citing import Citation
from reader.storage.library import Library
from reader.tui import outside
from tests.terminal import reader
from tests.tui.reading_harness import ARTICLE, article, reading

HEADED = "---\ntitle: A *title*\noutlet: The Post\ndate: 2024-05-06\nurl: {url}\n---\n" + ARTICLE
URL = "https://example.org/a?b=1&c=<d>"


async def test_copying_with_citation_as_markdown_and_as_offsets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = article(tmp_path, HEADED.format(url=URL), "article.md")
    async with reading(tmp_path / "l.db", file) as r:
        await r.press("j", "j", "4", "c", "y")
        assert r.app.clipboard == (
            '“Second comes "a quoted one", he said.”\n'
            "— “A *title*”, The Post, 2024-05-06, https://example.org/a?b=1&c=<d>\n"
            "[! doubtful, confidence low]"
        )
        assert r.said == ["The quotation went to the terminal's clipboard."]
        await r.screen.run_action("copy('markdown')")
        assert r.app.clipboard == (
            '> Second comes "a quoted one", he said.\n\n'
            "— [A \\*title\\*](<https://example.org/a?b=1&c=%3Cd%3E>), The Post, 2024-05-06  \n"
            "**! doubtful, confidence low**"
        )
        await r.screen.run_action("copy('offsets')")
        item = (await r.stored())[0]
        sha256 = r.screen.session.opened.version.sha256
        assert r.app.clipboard == f"{item.start},{item.end} sha256:{sha256}"
        await r.press("g", "j", "v", "e", "y")
        assert r.app.clipboard.startswith("“First comes”\n— ")
        assert r.screen.mode == "READ"
        monkeypatch.setattr(outside, "LONGEST_COPY", 20)
        await r.press("j", "y")
        assert "too long for a terminal's clipboard" in r.said[-1]
        assert r.app.clipboard.startswith("“First comes”\n— ")
        monkeypatch.undo()
        await r.press("tab", "y")
        assert r.app.clipboard.startswith("“Second")
        assert await r.groups() == [("tag", "! doubtful"), ("confidence", "confidence low")]


@pytest.mark.parametrize("form", ["plain", "markdown", "json", "offsets"])
def test_nothing_that_is_copied_can_act(form: str) -> None:
    hostile = "a\x1b]52;c;eA==\x07b\x9b2J\u202ec\r\n\td\x00\u200b"
    meta = Metadata(hostile, hostile, hostile, f"https://h/{hostile}", hostile, hostile)
    text = Citation(hostile, meta, "0", Span(3, 9), hostile, (hostile,), hostile).as_form(form)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u200b\u2060]", text)
    assert len(text.split("\n")) <= 4


async def test_what_has_no_address_or_no_web_address_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("o")
        assert r.said == ["This article has no address. I gives it one."]
        monkeypatch.setattr(outside, "shell_waits", lambda: False)
        await r.press("ctrl+z")  # stopped here, nothing could wake it
        assert "No shell waits for this program; Ctrl-Q leaves it." in " ".join(r.said[-1].split())


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)", "https://", "-x"])
def test_only_web_addresses_are_opened(url: str) -> None:
    with pytest.raises(UsageError, match="is no web address"):
        checked(url)


def script(folder: Path, name: str, body: str) -> Path:
    path = folder / name
    path.write_text(f"#!{sys.executable}\n{body}", "utf-8")
    path.chmod(0o755)
    return path


def test_in_a_terminal(tmp_path: Path) -> None:
    """Copy, open in a noisy browser that stays, and write a note in an editor."""
    browser = script(
        tmp_path, "browser",
        "import sys, time\nprint('NOISE' * 99)\nsys.stderr.write('NOISE')\n"
        f"open({str(tmp_path / 'opened')!r}, 'w').write(sys.argv[1])\n"
        "import os; assert 'TERM' not in os.environ\n",
    )  # fmt: skip
    editor = script(
        tmp_path, "my editor",
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.SIG_DFL)\n"  # Python may miss it before it reads
        "name = sys.argv[-1]; text = open(name).read()\n"
        f"log = open({str(tmp_path / 'log')!r}, 'a')\n"
        "print(name, oct(os.stat(name).st_mode), oct(os.stat(os.path.dirname(name)).st_mode),"
        " repr(text), sys.argv[1:-1], file=log, flush=True)\n"
        "print('\\x1b[2J\\x1b[HIN THE EDITOR WITH', repr(text), flush=True)\n"
        "answer = input()\n"
        "open(name + '~', 'w').write('left over')\n"
        "open(name, 'w').write(text + answer + '\\n')\n",
    )  # fmt: skip
    file = article(tmp_path, HEADED.format(url=URL), "article.md")
    # Without its folder: how a message wraps must not depend on where the test happens to run.
    env = {"BROWSER": str(browser), "EDITOR": "false", "VISUAL": f"'{editor.name}' --wait"}
    env["PATH"] = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    with reader(str(file), database=tmp_path / "l.db", env=env) as terminal:
        terminal.wait_for("READ")
        terminal.send("jy")
        terminal.wait_for("clipboard")
        (sent,) = re.findall(rb"\x1b\]52;c;([^\x07]*)\x07", terminal.output())
        assert base64.b64decode(sent).decode().startswith("“First comes a plain statement.”")
        terminal.send("o")
        terminal.wait_for("Opened https://example.org/")
        assert (tmp_path / "opened").read_text() == "https://example.org/a?b=1&c=%3Cd%3E"
        terminal.send("a")
        terminal.wait_for("Ctrl-E your editor")
        terminal.send("seen\x05")
        terminal.wait_for("IN THE EDITOR WITH 'seen")
        terminal.send(" elsewhere\r")
        terminal.wait_for(lambda text: "Ctrl-E your editor" in text and "elsewhere" in text)
        terminal.send("!\x05")
        terminal.wait_for("elsewhere!\\n'")
        terminal.send("\x03")  # ends the editor; words sent with it might reach the note
        terminal.wait_for("The note is as it was.")
        editor.unlink()
        terminal.send("\x05")
        terminal.wait_for("my editor cannot be started: No such file")
        terminal.send(".\x13")
        terminal.wait_for("saved")
        terminal.send("q")
        assert terminal.wait() == 0
        assert b"NOISE" not in terminal.output()
    first, second = (tmp_path / "log").read_text().splitlines()
    name, *seen = first.split(" ", 3)
    assert seen[:2] == [oct(stat.S_IFREG | 0o600), oct(stat.S_IFDIR | 0o700)]
    assert seen[2] == "'seen\\n' ['--wait']"
    assert "'seen\\n elsewhere!\\n'" in second
    assert not Path(name).parent.exists()
    with Library(tmp_path / "l.db") as library:
        (note,) = [row[0] for row in library.connection.execute("SELECT note FROM highlight")]
    assert note == "seen\n elsewhere!."


async def test_without_an_editor_or_a_terminal_the_note_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", " ")
    async with reading(tmp_path / "l.db", article(tmp_path)) as r:
        await r.press("j", "a", "x", "ctrl+e", "y")
        assert r.said[-1].startswith("No editor is set. Set VISUAL or EDITOR")
        monkeypatch.setenv("EDITOR", "no 'end")
        await r.press("ctrl+e", "z")
        assert "EDITOR cannot be understood" in r.said[-1]
        path = script(tmp_path, "my editor", "")
        monkeypatch.setenv("EDITOR", str(path))
        assert outside.editor_command() == [str(path)]
        monkeypatch.setenv("EDITOR", "'my editor' -w")
        assert outside.editor_command() == ["my editor", "-w"]
        await r.press("escape")
        assert [item.note for item in await r.stored()] == ["xyz"]
