"""Any keys in any order, on any article, in the real app: screen, library and log agree.

A run is a list of steps made from the seed. After each, what is on the screen is compared with what
is in memory, and that with the library; at the end the log is replayed, everything is undone and
redone. What fails is shortened before it is told.
"""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from rich.segment import Segment
from textual import events

from reader.assets import builtin_codebooks, load_builtin
from reader.domain.errors import ReaderError
from reader.services.annotating import reversing
from reader.services.capturing import adding
from reader.services.settings.fields import FIELDS, PRESETS, Settings
from reader.storage.library import Library
from reader.tui.attributing import desk as attributing
from reader.tui.commands import all_commands
from reader.tui.reading import every_hit, reasons, several, under_way
from reader.tui.reading.others import take_news
from reader.tui.reading.screen import ReadingScreen
from tests.fuzz import desk, material, outside
from tests.tui.reading_harness import Reader, key_event, plain, reading

Step = tuple[Any, ...]
"""What is done, and with what: ``("key", "j")``, ``("click", 3, 4, 2)``, ``("resize", 80, 24)``."""

_DEFAULT: Step = ("start", "credibility-7", {}, "default")
"""How the app is started unless the first step says otherwise."""

SIZES = ((120, 40), (80, 24), (200, 60), (60, 20), (40, 12), (20, 5), (3, 2), (132, 8), (30, 50))
_BOUND = sorted({key for command in all_commands() for key in command.keys} - {"ctrl+q"})
_OFTEN = (*"jjjkk1234567890uu.hafcd;[]vV<>", "ctrl+r", "enter", "escape", "tab", "ctrl+s")
_STRAY = (*"ö漢(_~", "\\", "ctrl+a", "ctrl+k", "f5", "shift+tab", "insert", "delete", "backspace")
_TITLES = [command.title for command in all_commands() if command.palette]
_CODEBOOKS = [name for name in builtin_codebooks() if load_builtin(name).statement_facets]
_TYPED = (
    "a",
    "plausible",
    "doubt",
    "why?",
    "two\nlines",
    "漢字 é",
    "ben",
    "\x1b[2J",
    "body",
    "[/b]",
)


def steps(chance: random.Random, count: int) -> list[Step]:
    """Return steps by chance; later ones know nothing of what earlier ones did."""
    return [_start(chance), *(_step(chance) for _ in range(count))]


_IN_SLICES = (
    *((under_way, "SLICE", 4), (under_way, "FEW", 1), (under_way, "PART", 2)),
    *((under_way, "PATIENCE_S", 0.0), (under_way, "TELL_EVERY_S", 0.0)),
    *((reversing, "SLICE", 3), (reversing, "AT_ONCE", 4), (attributing, "AT_ONCE_S", 0.0)),
    *((every_hit, "SLICE_S", 0.0), (several, "AT_ONCE_S", 0.0), (reasons, "SLICE_S", 0.0)),
)
"""What makes a few highlights very many, which are changed in slices."""


@contextmanager
def _slices(wanted: object) -> Iterator[None]:
    """Have what is done to some highlights at once done in slices of a few, if that is wanted."""
    with ExitStack() as stack:
        for owner, name, value in _IN_SLICES if wanted else ():
            stack.enter_context(mock.patch.object(owner, name, value))
        yield


def _start(chance: random.Random) -> Step:
    """Return how the app is started: with which codebook, settings and keys, and if in slices."""
    if chance.random() < 0.4:
        return (*_DEFAULT, chance.random() < 0.5)
    fields = [field for field in FIELDS if field.allowed or isinstance(field.default, bool)]
    values = {
        field.name: chance.choice(field.allowed or (True, False))
        for field in chance.sample(fields, 3)
    }
    preset = chance.choice(PRESETS)
    return ("start", chance.choice(_CODEBOOKS), values, preset, chance.random() < 0.5)


_KINDS: dict[str, float] = {
    "often": 0.40,
    "bound": 0.26,
    "stray": 0.03,
    "burst": 0.05,
    "type": 0.06,
    "paste": 0.02,
    "palette": 0.05,
    "mouse": 0.08,
    "resize": 0.015,
    "focus": 0.005,
    "outside": 0.025,
    "leave": 0.005,
}
"""How often what is done."""


def _step(chance: random.Random) -> Step:
    (kind,) = chance.choices([*_KINDS], [*_KINDS.values()])
    if kind == "mouse":
        return _mouse(chance)
    made: dict[str, Callable[[], tuple[Any, ...]]] = {
        "often": lambda: ("key", chance.choice(_OFTEN)),
        "bound": lambda: ("key", chance.choice(_BOUND)),
        "stray": lambda: ("key", chance.choice(_STRAY)),
        "burst": lambda: ("burst", *chance.choices(_OFTEN, k=chance.randint(2, 8))),
        "type": lambda: ("type", chance.choice(_TYPED)),
        "paste": lambda: ("paste", material.text(chance, chance.choice((1, 5, 60)))),
        "palette": lambda: ("palette", chance.choice(_TITLES)),
        "resize": lambda: ("resize", *chance.choice(SIZES)),
        "focus": lambda: ("focus", chance.random() < 0.5),
        "outside": lambda: ("outside", chance.randrange(1_000_000)),
        "leave": lambda: ("key", "ctrl+q"),
    }
    return made[kind]()


def _mouse(chance: random.Random) -> Step:
    x, y = int(min(chance.random(), chance.random()) * 130), int(chance.random() * 44)
    what = chance.choice(("click", "click", "click", "drag", "down", "up", "wheel", "hover"))
    if what == "click":
        return ("click", x, y, chance.choice((1, 1, 1, 2, 3)))
    if what == "drag":
        return ("drag", x, y, x + chance.randint(-20, 20), y + chance.randint(-5, 5))
    if what == "wheel":
        return ("wheel", x, y, chance.choice((-1, 1)))
    return (what, x, y)


class Fuzzer(Reader):
    """A reader who does anything, and looks whether all is well after each step."""

    @property
    def screen(self) -> ReadingScreen:
        """The article, also when a dialog lies over it."""
        return next(each for each in self.app.screen_stack if isinstance(each, ReadingScreen))

    @property
    def has_article(self) -> bool:
        return any(isinstance(each, ReadingScreen) for each in self.app.screen_stack)

    @property
    def is_over(self) -> bool:
        return self.app._exit or not self.app.is_running

    async def rest(self) -> None:
        """Wait until nothing is left to do, or the app has ended."""
        for _ in range(2):
            for _ in range(3):
                await asyncio.sleep(0)
            if self.is_over:
                return
            await self.pilot.pause(0)
            if isinstance(self.app.screen, ReadingScreen):
                await self.app.screen.settled()
            await self.until(lambda: self.is_over or not self._busy())
        if not self.is_over:
            await self.pilot.pause(0)

    async def do(self, step: Step) -> None:
        """Do one step."""
        what, *rest = step
        if what in ("key", "burst"):
            for key in rest:
                self.app.post_message(key_event(key))
        elif what == "type":
            await self._type(rest[0])
        elif what == "paste":
            self.app.post_message(events.Paste(rest[0]))
        elif what == "palette":
            self.app.post_message(key_event("ctrl+p"))
            await self.rest()
            await self._type(f"{rest[0]}\n")
        elif what == "resize":
            await self.pilot.resize_terminal(*rest)
        elif what == "focus":
            self.app.post_message(events.AppFocus() if rest[0] else events.AppBlur())
        elif what == "outside":
            await self._outside(rest[0])
        else:
            self._mouse(what, rest)
        await self.rest()

    async def _outside(self, seed: int) -> None:
        """Let somebody else do something, and see it as the app does after a moment."""
        await asyncio.to_thread(outside.act, self.database.path, seed)
        await self.rest()
        for screen in self.app.reading_screens():
            await take_news(screen)

    async def _type(self, text: str) -> None:
        for character in text:
            if not self.is_over:
                key = {" ": "space", "\n": "enter"}.get(character, character)
                self.app.post_message(key_event(key))
                await self.pilot.pause(0)
        await self.rest()

    def _mouse(self, what: str, at: list[int]) -> None:
        x, y, *more = at
        if what == "click":
            for _ in range(more[0]):
                self._send(events.MouseDown, x, y)
                self._send(events.MouseUp, x, y)
        elif what == "drag":
            self._send(events.MouseDown, x, y)
            self._send(events.MouseMove, (x + more[0]) // 2, (y + more[1]) // 2)
            self._send(events.MouseMove, *more)
            self._send(events.MouseUp, *more)
        elif what == "wheel":
            down = more[0] > 0
            self._send(events.MouseScrollDown if down else events.MouseScrollUp, x, y, button=0)
        elif what == "hover":
            self._send(events.MouseMove, x, y, button=0)
        else:
            self._send(events.MouseDown if what == "down" else events.MouseUp, x, y)

    def _send(self, kind: type[events.MouseEvent], x: int, y: int, *, button: int = 1) -> None:
        width, height = self.app.size
        x, y = max(0, min(width - 1, x)), max(0, min(height - 1, y))
        event = kind(None, x, y, 0, 0, button, False, False, False, x, y)
        event.set_sender(self.app)
        self.app.post_message(event)

    # ------------------------------------------------------------------ what must hold

    async def check(self) -> None:
        """Assert that screen, memory, library and log agree."""
        if self.app.failure is not None:
            raise self.app.failure
        if self.is_over:
            return
        if not self.has_article or self.screen.saver.pending or self.screen.mode == "NOTE":
            return
        try:
            await self.consistent()
        except AssertionError:  # what is counted in pauses may not have begun
            await asyncio.sleep(0.5)
            await self.rest()
            await self.consistent()
        self._check_screen()

    def _check_screen(self) -> None:
        """What stands on the screen is what would be drawn anew."""
        screen = self.screen
        pane = screen.pane
        if not (pane.is_attached and pane.size.width and pane.size.height):
            return
        shown = [list(strip) for strip in pane.lines()]
        pane.refresh_marks()
        pane._canvas.forget()
        pane._repaint()
        drawn = [list(strip) for strip in pane.lines()]
        assert shown == drawn, f"stale rows in the article: {_first_difference(shown, drawn)}"
        screen.panel.set_current(screen.panel.current)  # as it does by itself after a pause
        around = [screen.panel, screen.counts]
        if screen.mode in ("READ", "SELECT", "PANEL"):  # elsewhere keys are typed text
            around.append(screen.tag_bar)
        before = [[list(strip) for strip in widget.lines()] for widget in around]
        screen.refresh_panel()
        screen.refresh_tag_bar()
        for widget, was in zip(around, before, strict=True):
            now = [list(strip) for strip in widget.lines()]
            assert was == now, (
                f"stale rows in {type(widget).__name__}: {_first_difference(was, now)}"
            )

    # ------------------------------------------------------------------ to the beginning and back

    async def undo_and_redo(self) -> None:
        """Assert that the keys for it take everything back, and do all of it again."""
        for _ in range(4):
            await self.do(("key", "escape"))
        if self.is_over or self.app.screen is not self.screen or self.screen.mode != "READ":
            return
        before = [plain(item) for item in await self.stored()]
        undone = await self._press_in_vain("u", 400)
        assert await self.stored() == [], "undoing everything leaves a highlight"
        assert self.screen.session.roles == {}, "undoing everything leaves a changed paragraph"
        await self.check()
        if undone:
            assert await self._press_in_vain("ctrl+r", undone) == undone, "redo ends too early"
        assert [plain(item) for item in await self.stored()] == before, "redo brings not all back"
        await self.check()

    async def _press_in_vain(self, key: str, most: int) -> int:
        """Press a key until it does nothing more; return how often it did something."""
        for count in range(most):
            before = await self.groups()
            await self.do(("key", key))
            if await self.groups() == before:
                return count
        return most


def _first_difference(left: Sequence[list[Segment]], right: Sequence[list[Segment]]) -> str:
    for number, (a, b) in enumerate(zip(left, right, strict=False)):
        if a != b:
            texts = ["".join(part.text for part in row) for row in (a, b)]
            same = texts[0] == texts[1]
            return f"row {number}: " + " instead of ".join(map(repr, (a, b) if same else texts))
    return f"{len(left)} rows instead of {len(right)}"


def article_for(chance: random.Random) -> tuple[str, str]:
    """Return name and text of an article."""
    return chance.choice(("article.txt", "article.md")), material.text(chance)


async def play(folder: Path, seed: int, todo: Sequence[Step]) -> None:
    """Do steps in a library of its own; look whether all is well after each, and at the end.

    Raises:
        AssertionError: It is not.
    """
    chance = random.Random(f"articles {seed}")
    database = folder / "library.db"
    with Library(database) as library:
        library.connection.execute("PRAGMA synchronous=off")  # nobody pulls the plug here
        me = library.annotator("ana")
        for number in range(chance.choice((1, 2, 3))):
            name, text = article_for(chance)
            path = folder / f"{number}-{name}"
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
            try:
                adding.add_file(library, path, me)
            except ReaderError:
                path.write_text("A sentence. Another one.\n")
                adding.add_file(library, path, me)
        at_first = desk.rows(library, live=True)
    targets = [next(folder.glob("0-article.*"))] if chance.random() < 0.8 else []
    left = list(todo)
    start = left.pop(0) if left and left[0][0] == "start" else _DEFAULT
    while left:
        left = await _sit(database, targets, chance, start, left)
    with Library(database) as library:
        desk.check_log(library)
        desk.check_undo(library, at_first)
        desk.check_log(library)


async def _sit(
    database: Path, targets: list[Path], chance: random.Random, start: Step, todo: list[Step]
) -> list[Step]:
    """Start the app and do steps until it is left; return those that are left to do."""
    size = chance.choice(SIZES[:5])
    _, codebook, values, preset, *more = start
    settings = Settings(values, preset=preset, path=database.with_name("config.toml"))
    with _slices(any(more)):
        return await _press_all(database, targets, chance, (size, codebook, settings), todo)


async def _press_all(
    database: Path,
    targets: list[Path],
    chance: random.Random,
    how: tuple[tuple[int, int], str, Settings],
    todo: list[Step],
) -> list[Step]:
    size, codebook, settings = how
    async with reading(
        database, *targets, size=size, codebook=codebook, settings=settings
    ) as reader:
        fuzzer = Fuzzer(reader.pilot, reader.database)
        for number, step in enumerate(todo, 1):
            try:
                await fuzzer.do(step)
                await fuzzer.check()
            except Exception as error:
                raise Failed(number, step, error) from error
            if fuzzer.is_over:
                return todo[number:]
        if fuzzer.has_article and chance.random() < 0.3:
            try:
                await fuzzer.undo_and_redo()
            except Exception as error:
                raise Failed(len(todo), ("undo and redo",), error) from error
        return []


class Failed(AssertionError):  # noqa: N818 - named for what happened
    """A step after which something was wrong."""

    def __init__(self, number: int, step: Step, error: Exception) -> None:
        super().__init__(f"step {number}, {step}: {type(error).__name__}: {error}")


@contextmanager
def sandbox(folder: Path) -> Iterator[None]:
    """Let nothing that is pressed reach the machine's own settings, folders and programs."""
    before = Path.cwd()
    own = {name: str(folder / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "HOME")}
    with mock.patch.dict(
        os.environ, {**own, "EDITOR": "true", "VISUAL": "true", "BROWSER": "true"}
    ):
        os.chdir(folder)
        try:
            with mock.patch("webbrowser.open", return_value=True):
                yield
        finally:
            os.chdir(before)


def attempt(seed: int, todo: Sequence[Step]) -> BaseException | None:
    """Do steps in a fresh folder; return what went wrong, or None."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name, sandbox(Path(name)):
        try:
            asyncio.run(play(Path(name), seed, todo))
        except Exception as error:
            return error
    return None


def run(seed: int, *, count: int = 60) -> str:
    """Do one run.

    Returns:
        What was done, in words.

    Raises:
        AssertionError: Something was wrong; the message has the shortest steps found.
    """
    todo = steps(random.Random(f"steps {seed}"), count)
    error = attempt(seed, todo)
    if error is None:
        return f"{count} steps"
    todo, error = shortened(seed, todo, error)
    listed = "\n".join(f"    {step!r}," for step in todo)
    raise AssertionError(f"seed {seed}: {error}\nsteps = [\n{listed}\n]") from error


def shortened(
    seed: int, todo: list[Step], error: BaseException, tries: int = 60
) -> tuple[list[Step], BaseException]:
    """Leave out steps as long as something is still wrong."""
    size = max(1, len(todo) // 2)
    while tries > 0:
        at, before = 0, len(todo)
        while at < len(todo) and tries > 0:
            fewer = todo[:at] + todo[at + size :]
            tries -= 1
            found = attempt(seed, fewer)
            if found is not None:
                todo, error = fewer, found
            else:
                at += size
        if size == 1 and len(todo) == before:
            break
        size = max(1, size // 2)
    return todo, error
