"""Keys and output without threads between: every byte arrives, in its order, and nothing waits."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import tty
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pytest

from tests.terminal import Terminal

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is Textual's way")

if sys.platform == "linux":
    from reader.tui.terminal import Output


@pytest.fixture
def ends() -> Iterator[tuple[int, TextIO]]:
    """The user's end of a terminal, and the program's."""
    user, program = os.openpty()
    tty.setraw(program)
    with open(program, "w", encoding="utf-8") as file:  # noqa: PTH123 - a descriptor
        yield user, file
    os.close(user)


def taken(user: int, size: int) -> bytes:
    """Return what arrives until there is so much of it."""
    found = b""
    while len(found) < size:
        found += os.read(user, 65_536)
    return found


async def test_a_terminal_that_takes_nothing_holds_nobody_up(ends: tuple[int, TextIO]) -> None:
    user, file = ends
    output = Output(file)
    assert os.get_blocking(file.fileno())
    pieces = [f"{number:07d}," for number in range(100_000)]
    output.write(pieces[0])
    assert not output.is_behind
    for number in range(1, len(pieces), 100):
        output.write("".join(pieces[number : number + 100]))
    assert output.is_behind
    expected = "".join(pieces).encode()
    arrived = asyncio.create_task(asyncio.to_thread(taken, user, len(expected)))
    assert await asyncio.wait_for(arrived, 30) == expected
    assert not output.is_behind
    output.write("é\N{SMILE}")
    assert taken(user, 5) == "é\N{SMILE}".encode()
    output.close()
    output.write("nobody is there")
    output.close()


async def test_at_the_end_all_of_it_is_waited_for(ends: tuple[int, TextIO]) -> None:
    user, file = ends
    output = Output(file)
    expected = b"0123456789" * 60_000
    output.write(expected.decode())
    assert output.is_behind
    found: list[bytes] = []
    reading = threading.Thread(target=lambda: found.append(taken(user, len(expected))))
    reading.start()
    output.close()
    reading.join(30)
    assert found == [expected]


async def test_a_terminal_that_is_gone_is_no_mistake(ends: tuple[int, TextIO]) -> None:
    user, file = ends
    output = Output(file)
    output.write("x" * 600_000)
    assert output.is_behind
    os.dup2(os.open(os.devnull, os.O_RDWR), user)
    output.write("more")
    output.close()
    assert not output.is_behind


PROGRAM = """
from textual.app import App
from textual.widgets import Static
from reader.tui.undocumented import without_threads

class Keys(App):
    said = ""
    def compose(self):
        yield Static("begin", markup=False)
    def on_key(self, event):
        self.said += f"{event.key} "
        self.query_one(Static).update(self.said + "|")
        if event.key == "q":
            self.exit()

app = Keys()
assert without_threads(app)
app.run()
print("the end")
"""


def test_keys_arrive_as_they_were_typed(tmp_path: Path) -> None:
    program = tmp_path / "keys.py"
    program.write_text(PROGRAM)
    env = {"PYTHONPATH": str(Path(__file__).parents[2])}
    with Terminal([sys.executable, str(program)], size=(100, 5), env=env) as terminal:
        terminal.wait_for("begin")
        terminal.send("a\x1b[A")
        terminal.wait_for("a up |")
        terminal.send(b"\xc3")
        terminal.send(b"\xa9\xff1")
        terminal.wait_for("1 |")
        assert "a up é replacement_character 1" in terminal.text()
        terminal.send("\x1b")
        terminal.wait_for("1 escape |")
        terminal.send("\x1bOP[")
        terminal.wait_for("1 escape f1 left_square_bracket |")
        terminal.send("\x1bj5")
        terminal.wait_for("escape j 5 |")
        terminal.send("\x1b")
        terminal.send("k\x1b(")
        terminal.wait_for(lambda shown: "k escape left_parenthesis |" in " ".join(shown.split()))
        assert "5 escape k" in " ".join(terminal.text().split())
        terminal.send("\x1b" + "j" * 40)  # held: Textual would take it for one long sequence
        terminal.wait_for(lambda shown: f"escape {'j ' * 40}|" in " ".join(shown.split()))
        terminal.send("q")
        terminal.wait_for("the end")
        assert terminal.wait() == 0


QUICK = """
class Quick:
    def take_now(self, key):
        if key == "x":
            return False
        app.said += f"<{key}> "
        app.query_one(Static).update(app.said + "|")
        return True

app = Keys()
app.quick_keys = Quick()
"""


def test_a_key_is_taken_where_it_is_read_unless_it_may_be_part_of_something(
    tmp_path: Path,
) -> None:
    program = tmp_path / "keys.py"
    program.write_text(PROGRAM.replace("\napp = Keys()\n", QUICK))
    env = {"PYTHONPATH": str(Path(__file__).parents[2])}
    with Terminal([sys.executable, str(program)], size=(120, 5), env=env) as terminal:
        terminal.wait_for("begin")
        said = ""
        for typed, meant in (
            ("a", "a"),  # Textual's way, which tells what is sent for the key
            ("a", "<a>"),
            ("\x1b[A", "up"),
            ("\x1b[A", "<up>"),
            ("x", "x"),
            ("x", "x"),
            ("aa", "a a"),
            ("a", "a"),
            ("a", "<a>"),
            ("\x1b", "escape"),  # known to be none but a key when nothing has followed
            ("a", "a"),
            ("\x1b[200~", ""),  # a paste, in three pieces
            ("a", ""),
            ("\x1b[201~", ""),
            ("a", "a"),
            ("\x1b[", ""),  # the arrow key, in two
            ("A", "up"),
        ):
            terminal.send(typed)
            if meant and typed != "A":
                said += f"{meant} "
                terminal.wait_for(f"{said}|")
        both = f"{said}up |", f"{said}<up> |"  # if it was busy, it read both pieces at once
        terminal.wait_for(lambda shown: any(each in shown for each in both))
        terminal.send("a")
        terminal.wait_for(" <a> |")
        terminal.send("q")
        terminal.wait_for("the end")
        assert terminal.wait() == 0


def test_escape_is_no_part_of_the_next_key_where_threads_read(tmp_path: Path) -> None:
    program = tmp_path / "keys.py"
    program.write_text(
        PROGRAM.replace("import without_threads", "import hand_over_quickly").replace(
            "assert without_threads(app)", "hand_over_quickly(app)"
        )
    )
    env = {"PYTHONPATH": str(Path(__file__).parents[2])}
    with Terminal([sys.executable, str(program)], size=(100, 5), env=env) as terminal:
        terminal.wait_for("begin")
        terminal.send("\x1bj\x1b[A\x1b")
        terminal.send("k")
        terminal.wait_for("escape j up escape k |")
        terminal.send("\x1bjq")
        terminal.wait_for("the end")
        assert terminal.wait() == 0
