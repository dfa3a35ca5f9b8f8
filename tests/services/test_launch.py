import io
from types import SimpleNamespace

import pytest

from reader.cli import COMMANDS
from reader.domain.errors import InputError, UsageError
from reader.services import launch


@pytest.fixture(autouse=True)
def _terminal(monkeypatch, tmp_path):
    """A terminal for input and output, and no settings of the user's."""
    for name in ("READER_DB", "READER_ANNOTATOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(launch, "sys", SimpleNamespace(stdout=Screen(), stdin=Screen()))


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


class Pipe(io.TextIOWrapper):
    def __init__(self, raw: bytes) -> None:
        super().__init__(io.BytesIO(raw))


def prepare(*argv: str) -> launch.Launch:
    return launch.prepare(launch.split(argv, COMMANDS), COMMANDS)


@pytest.mark.parametrize(
    ("argv", "command", "about", "words"),
    [
        ([], "", "", ()),
        (["list"], "list", "", ()),
        (["--db", "list", "a.txt"], "", "", ("a.txt",)),
        (["--db=x", "list", "--help"], "list", "", ()),
        (["./list"], "", "", ("./list",)),
        (["--", "list"], "", "", ("list",)),
        (["a.txt", "list"], "", "", ("a.txt", "list")),
        (["a.txt", "--help"], "", "--help", ("a.txt",)),
        (["-h"], "", "--help", ()),
        (["--version"], "", "--version", ()),
        (["-"], "", "", ("-",)),
        (["--", "--help"], "", "", ("--help",)),
    ],
)
def test_the_choice_between_commands_and_screen(argv, command, about, words):
    found = launch.split(argv, COMMANDS)
    assert (found.command, found.about) == (command, about)
    assert command or found.words == words


def test_the_options_reach_the_screen(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Text.")
    found = prepare("--db", "x.db", "--annotator=ben", "--codebook", "verdict-6", str(path))
    assert found.database.name == "x.db"
    assert (found.annotator, found.codebook) == ("ben", "verdict-6")
    assert found.targets == (str(path),)
    assert (found.stdin, found.settings.width) == (None, 72)


def test_the_settings_file_is_read(tmp_path):
    path = tmp_path / "my.toml"
    path.write_text('annotator = "eve"\nwidth = 60\n')
    found = prepare("--config", str(path))
    assert (found.annotator, found.settings.width) == ("eve", 60)


def test_standard_input_is_read_and_keys_are_taken_from_the_terminal(monkeypatch):
    taken: list[bool] = []
    monkeypatch.setattr(launch, "_take_keys_from_terminal", lambda: taken.append(True))
    monkeypatch.setattr(launch.sys, "stdin", Pipe(b"Some text."))
    found = prepare("-", "-")
    assert (found.stdin, found.targets, taken) == (b"Some text.", ("-",), [True])


def test_standard_input_that_is_empty_or_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(launch.sys, "stdin", Pipe(b" \n"))
    with pytest.raises(InputError, match="empty"):
        prepare("-")
    monkeypatch.setattr(launch, "STDIN_LIMIT", 4)
    monkeypatch.setattr(launch.sys, "stdin", Pipe(b"12345"))
    with pytest.raises(InputError, match="longer"):
        prepare("-")


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.zip", b"PK\x03\x04", "zip"),
        ("a.txt", b"a\x00\x01\x02b" * 50, "cannot be read"),
        ("a.txt", b"", "empty"),
    ],
)
def test_what_cannot_be_read_is_refused_before_the_screen_opens(tmp_path, name, content, word):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=word):
        prepare(str(path))


def test_a_folder_a_missing_file_and_an_unknown_option_are_refused(tmp_path):
    for word in (str(tmp_path), str(tmp_path / "missing.txt")):
        with pytest.raises(InputError):
            prepare(word)
    with pytest.raises(UsageError, match="--fast"):
        prepare("--fast")


@pytest.mark.parametrize(
    ("word", "message", "hint"),
    [
        ("frobnicate", "no file and no command frobnicate", "reader --help"),
        ("exprot", "no file and no command exprot", "Did you mean `reader export`?"),
        ("report.pdf", "report.pdf does not exist", "Check the name"),
        ("./export/lst", "does not exist", "Check the name"),
    ],
)
def test_only_a_word_can_be_a_misspelt_command(tmp_path, monkeypatch, word, message, hint):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=message) as refused:
        prepare(word)
    assert hint in refused.value.hint


def test_at_a_terminal_it_is_said_how_to_paste(monkeypatch):
    keyboard = Pipe(b"A text.")
    monkeypatch.setattr(keyboard, "isatty", lambda: True, raising=False)
    said = io.StringIO()
    monkeypatch.setattr(
        launch, "sys", SimpleNamespace(stdout=Screen(), stdin=keyboard, stderr=said)
    )
    assert prepare("-").stdin == b"A text."
    assert said.getvalue() == "Paste the text, then press Ctrl-D.\n"


def test_utf16_text_is_no_binary_file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Some text. And more of it.".encode("utf-16"))
    assert prepare(str(path)).targets == (str(path),)


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_dumb_terminal_is_refused_and_an_unnamed_one_is_not(monkeypatch, term):
    monkeypatch.setenv("TERM", term)
    if term:
        with pytest.raises(UsageError, match="terminal"):
            prepare()
    else:
        assert prepare().targets == ()
