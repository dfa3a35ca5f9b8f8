"""The program as the shell sees it: exit statuses, pipes, signals, terminals that are not there."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reader.services.capturing import adding
from reader.storage.library import Library
from tests.new_libraries import make

ROOT = Path(__file__).parents[2]
READER = [sys.executable, "-m", "reader"]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("READER_")}
    more = {"READER_DB": str(tmp_path / "library.db"), "PYTHONPATH": str(ROOT), "TERM": "xterm"}
    return {**kept, **more, "READER_ANNOTATOR": "ana", "XDG_CONFIG_HOME": str(tmp_path)}


def reader(env: dict[str, str], *words: str, **options) -> subprocess.CompletedProcess:
    options = {"capture_output": True, "stdin": subprocess.DEVNULL, **options}
    return subprocess.run([*READER, *words], env=env, timeout=60, check=False, **options)


@pytest.fixture(scope="session")
def long_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("long")
    path = folder / "long.txt"
    path.write_text("\n\n".join(f"Statement {n} is here." for n in range(5_000)), "utf-8")
    with Library(folder / "library.db") as library:
        adding.add_file(library, path, library.annotator("ana"))
    return folder / "library.db"


@pytest.fixture
def library(env: dict[str, str]) -> None:
    """A library: a program that makes it itself takes five times as long to start."""
    make(Path(env["READER_DB"]))


@pytest.fixture
def article(long_library: Path, env: dict[str, str]) -> None:
    """A library with an article that is longer than what a pipe holds."""
    shutil.copyfile(long_library, env["READER_DB"])


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--version"], 0, b"reader, version"),
        (["--help"], 0, b"Exit status"),
        (["-h"], 0, b"Exit status"),
        (["list"], 0, b"No articles yet"),
        ([], 2, b"needs a terminal"),
        (["exprot", "csv"], 3, b"Did you mean `reader export`?"),
        (["missing.txt"], 3, b"does not exist"),
        (["https://example.org/"], 2, b"needs a terminal"),
        (["--nonsense"], 2, b"no option --nonsense"),
        (["--db"], 2, b"--db needs a value"),
        (["--config", "missing.toml", "list"], 2, b"missing.toml"),
        (["--db", __file__, "list"], 4, b"is not a database"),
    ],
    ids=repr,
)
def test_exit_status_and_message(env, words, status, said):
    ends(env, words, status, said)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--codebook", "nowhere", "list"], 2, b"no codebook nowhere"),
        (["show", "1"], 2, b"no article 1"),
        (["undo"], 1, b"Nothing to be undone"),
    ],
    ids=repr,
)
def test_exit_status_and_message_in_a_library(env, library, words, status, said):
    ends(env, words, status, said)


def ends(env: dict[str, str], words: list[str], status: int, said: bytes) -> None:
    """Run a command and look how it ends."""
    done = reader(env, *words)
    assert done.returncode == status
    assert said in done.stdout + done.stderr
    assert b"Traceback" not in done.stderr
    if status > 1:
        assert done.stdout == b""


def test_a_reader_that_stops_reading_ends_it_quietly(env, article):
    process = subprocess.Popen(
        [*READER, "show", "1"], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    _, error = process.communicate(timeout=60)
    assert (process.returncode, error) == (141, b"")


def test_a_full_disk_behind_stdout_is_worded(env, article):
    with Path("/dev/full").open("w") as full:
        done = reader(env, "list", stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert done.returncode == 3
    assert b"No space left" in done.stderr
    assert b"\n  Make room there" in done.stderr
    assert b"Traceback" not in done.stderr


def test_export_to_a_pipe_that_closes_and_to_a_full_disk(env, article):
    words = [*READER, "export", "csv", "--all-statements"]
    process = subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    _, error = process.communicate(timeout=60)
    assert (process.returncode, error) == (141, b"")
    with Path("/dev/full").open("w") as full:
        done = reader(env, *words[3:], stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert done.returncode == 3
    assert b"No space left" in done.stderr
    assert b"\n  Make room there" in done.stderr
    assert b"Traceback" not in done.stderr


def test_closed_streams_are_no_reason_to_fail(env, library):
    command = f"{sys.executable} -m reader list <&- >&-"
    done = subprocess.run(["/bin/sh", "-c", command], env=env, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_ctrl_c_ends_it_with_130_and_without_a_word(env, library):
    process = subprocess.Popen(
        [*READER, "add", "-"],
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdin.write(b"word " * 20_000)  # more than a pipe holds: returns when it is being read
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=60)
    assert (process.returncode, out, error) == (130, b"", b"")


def test_text_from_standard_input_can_be_added(env):
    done = reader(env, "add", "-", stdin=None, input=b"Ein Satz. Noch einer.\n")
    assert done.returncode == 0
    assert b"2 statements" in done.stdout
    assert reader(env, "add", "-").returncode == 3


def test_standard_input_for_the_screen_needs_a_terminal_for_the_keys(env):
    done = reader(env, "-", stdin=None, input=b"Text.", start_new_session=True)
    assert done.returncode == 2
    assert b"needs a terminal" in done.stderr


def test_csv_goes_to_a_pipe_byte_for_byte(env, tmp_path, article):
    assert reader(env, "tag", "1", "doubtful", "--statement", "7").returncode == 0
    piped = reader(env, "export", "csv").stdout
    path = tmp_path / "out.csv"
    done = reader(env, "export", "csv", "-o", str(path))
    assert (done.returncode, done.stdout) == (0, b"")
    assert path.read_bytes() == piped
    assert piped.startswith(b'\xef\xbb\xbf"article_title"')
    assert piped.count(b"\r\n") == 2
    assert reader(env, "export", "csv", "-o", str(path)).returncode == 2
    assert reader(env, "export", "csv", "-o", str(path), "--force").returncode == 0
    done = reader(env, "import", "csv", str(path))
    assert done.returncode == 0
    assert b"already there 1" in done.stdout


def test_an_import_with_a_rejected_row_ends_with_1(env, tmp_path, article):
    reader(env, "tag", "1", "doubtful", "--statement", "7")
    path = tmp_path / "out.csv"
    path.write_bytes(reader(env, "export", "csv").stdout.replace(b'"doubtful"', b'"hm"'))
    done = reader(env, "import", "csv", str(path))
    assert done.returncode == 1
    assert b"rejected 1" in done.stdout
    assert b"line 2: codebook credibility-7@2 has no tag credibility:hm" in done.stderr


def test_a_file_name_that_is_no_utf8_can_be_added_and_listed(env, library, tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(path)).write_text("One statement is here.")
    done = subprocess.run([*READER, "add", path], env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert reader(env, "list").returncode == 0


def test_a_terminal_without_unicode_is_no_reason_to_fail(env, article):
    done = reader({**env, "PYTHONIOENCODING": "ascii"}, "show", "1")
    assert done.returncode == 0
    assert (
        reader({**env, "PYTHONIOENCODING": "ascii"}, "codebook", "show", "verdict-6").returncode
        == 0
    )


def test_what_nobody_foresaw_is_a_sentence_and_a_traceback_only_if_asked(env):
    code = (
        "import sys, reader.services.launch as launch; launch.split = None;"
        " from reader.__main__ import main; sys.exit(main([]))"
    )
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"READER_DEBUG=1" in done.stderr
    assert b"Traceback" not in done.stderr
    env = {**env, "READER_DEBUG": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=False)
    assert b"Traceback" in done.stderr


IMPORTS = """
import sys, types
app = types.ModuleType("reader.tui.start")
app.run = lambda launch, painted: print(launch.targets, *sorted(sys.modules), file=sys.stderr) or 0
sys.modules["reader.tui.start"] = app
from reader.services import launch
launch._need_terminal = launch._take_keys_from_terminal = lambda: None
from reader.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def imported(env: dict[str, str], *words: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS, *words],
        env=env,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=True,
    )
    return set(done.stderr.split())


def test_the_way_to_the_screen_imports_neither_commands_nor_database(env, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Text.")
    modules = imported(env, str(path))
    assert "reader.services.launch" in modules
    heavy = {"click", "sqlite3", "sqlite_utils", "argparse", "reader.cli.main", "textual", "json"}
    assert not modules & heavy


def test_the_commands_import_neither_textual_nor_rich(env, library):
    code = (
        "import sys; from reader.__main__ import main; main(['list']); main(['keys']);"
        " print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    modules = set(done.stderr.split())
    assert "reader.cli.main" in modules
    assert not modules & {"textual", "rich", "sqlite_utils.cli", "markdown_it"}
