"""Imports asyncio and Textual in two thirds of the time: what no screen of ours needs, waits.

Three quarters of the start are imports, most of them Textual's. While they go on,

- a few modules that are asked for are not there: names taken from them are stand-ins, which import
  the module when they are first used. The largest are Textual's own command palette, with all the
  widgets that it is made of, and its markup: this app has a palette of its own;
- the expressions of some modules are compiled when they are first used, which is seldom: those of
  Textual's tokenizer of style sheets (see :mod:`reader.tui.look.quick_styles`) are the longest;
- classes of widgets, and dataclasses, are made quickly (see :mod:`reader.tui.quick_classes`);
- asyncio believes that Python was built without ``ssl``, which costs a twentieth of the start.

Afterwards every module is as it would have been, and whoever imports one of those gets it. A test
goes through the stand-ins and compares the dataclasses.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

WITH_STANDARD = ("ast", "copy", "tokenize", "urllib.parse")
"""Modules that ``dataclasses`` and ``pathlib`` ask for and that wait."""

WITH_ASYNCIO = ("asyncio.sslproto", "asyncio.staggered", "locale", "textwrap", "tokenize")
"""Modules that asyncio asks for and that wait."""

WITH_TEXTUAL = (
    *("textual.command", "textual.markup", "platformdirs"),
    *("rich.markup", "rich.padding", "rich.panel", "rich.table", "rich.tree"),
    *("ast", "decimal", "difflib", "mimetypes", "pickle", "textwrap", "tokenize"),
    *("typing_extensions", "uuid"),
)
"""Modules that Textual asks for and that wait."""

_SCREEN = (
    *("textual.app", "textual.containers", "textual.pilot", "textual.scrollbar"),
    *("textual.layouts.factory", "textual.drivers.headless_driver"),
    *(["textual.drivers.linux_driver"] * (sys.platform != "win32")),
)
"""Modules that every screen needs, also those that Textual imports later."""

_COMPILED_LATE = frozenset(
    ("dataclasses", "fractions", "logging", "string", "textual.css.tokenizer")
)
"""Modules whose expressions are compiled when they are first used."""

_INSTEAD = {"typing_extensions": "typing"}
"""Modules whose names are taken from another one where that has them."""


def import_standard() -> None:
    """Import what every module here asks for, without parsers of Python and of addresses."""
    with postponed(WITH_STANDARD), _compiled_late():
        import dataclasses  # noqa: F401 - for what it loads
        import pathlib  # noqa: F401 - for what it loads


def import_asyncio() -> None:
    """Import asyncio without what it needs for encrypted connections, of which there are none.

    It can do without, as in a Python that was built so; ``ssl`` stays there for whoever imports it
    later.
    """
    if "asyncio" in sys.modules or "ssl" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment] # how an import is made to fail
    try:
        with postponed(WITH_ASYNCIO), _compiled_late():
            import asyncio  # noqa: F401 - for what it loads
    finally:
        del sys.modules["ssl"]


def import_textual() -> None:
    """Import Textual, for an app that does not use its command palette.

    Nothing else may be imported meanwhile, by any thread.
    """
    from reader.tui.quick_classes import use_for_nodes, used_by_others

    with postponed(WITH_TEXTUAL), used_by_others(), _compiled_late():
        import_module("textual.dom")
        use_for_nodes()
        for name in _SCREEN:
            import_module(name)


@contextmanager
def postponed(names: tuple[str, ...]) -> Iterator[None]:
    """Let modules be imported when something in them is used, if they are not there already.

    Args:
        names: The modules.
    """
    made = {name: _Absent(name) for name in names if name not in sys.modules}
    sys.modules.update(made)
    try:
        yield
    finally:
        for name, module in made.items():
            module.expected = False
            if sys.modules.get(name) is module:
                del sys.modules[name]


@contextmanager
def _compiled_late() -> Iterator[None]:
    """Let some modules compile their expressions when these are first used."""
    at_once = re.compile

    def compile_late(pattern: Any, flags: Any = 0) -> Any:
        asking = sys._getframe(1).f_globals.get("__name__")
        return _Expression(pattern, flags) if asking in _COMPILED_LATE else at_once(pattern, flags)

    re.compile = compile_late
    try:
        yield
    finally:
        re.compile = at_once


class _Expression:
    """A regular expression that is compiled when it is first used.

    Args:
        pattern: As for :func:`re.compile`.
        flags: The same.
    """

    def __init__(self, pattern: str, flags: int) -> None:
        self._compiled: Callable[[], re.Pattern[str]] = lambda: re.compile(pattern, flags)

    def match(self, *given: Any) -> re.Match[str] | None:
        """Return the match at a place."""
        return self._real().match(*given)

    def search(self, *given: Any) -> re.Match[str] | None:
        """Return the first match from a place."""
        return self._real().search(*given)

    def fullmatch(self, *given: Any) -> re.Match[str] | None:
        """Return the match of a whole text."""
        return self._real().fullmatch(*given)

    def _real(self) -> re.Pattern[str]:
        found = self._compiled()
        self._compiled = lambda: found
        return found

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._real(), name)


class _Absent(ModuleType):
    """Stands for a module that is not imported yet."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.expected = True
        """Whether modules are being imported that only want to have a name of it."""

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        name = self.__name__
        if not self.expected:
            return getattr(import_module(name), attribute)
        instead = sys.modules.get(_INSTEAD.get(name, ""))
        return getattr(instead, attribute, None) or StandIn(name, attribute)


class StandIn:
    """Stands for a function or class of a module that is imported when it is used.

    It can be called, asked for attributes and for what is an instance of it. A class derived from
    it derives from nothing.

    Args:
        module: The module's full name.
        name: The name in it.
    """

    def __init__(self, module: str, name: str) -> None:
        self._where = (module, name)

    @property
    def real(self) -> Any:
        """What it stands for."""
        module, name = self._where
        return getattr(import_module(module), name)

    def __call__(self, *given: Any, **named: Any) -> Any:
        """Call what it stands for."""
        return self.real(*given, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def __instancecheck__(self, instance: object) -> bool:
        return isinstance(instance, self.real)

    def __mro_entries__(self, bases: tuple[object, ...]) -> tuple[type, ...]:
        return ()
