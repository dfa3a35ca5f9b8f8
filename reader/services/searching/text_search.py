"""A search in one text, as a screen needs it: hits as far as one has looked, and looking on.

Words are looked for here; a text of 64,000 characters takes about a millisecond. A regular
expression may take for ever, so a child process looks for it and is ended when it takes too long.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from array import array
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from reader.domain.errors import UsageError
from reader.domain.finding.hits import Hits
from reader.domain.finding.search import LONGEST_QUERY, compile_query, scan
from reader.domain.text import Span
from reader.services.searching.regex_child import read, write

ANSWER_S = 1.0
"""Seconds that a regular expression may take for one window (64,000 characters)."""

_HARDER = "Make the expression simpler: say more exactly what may be repeated."


class Search:
    """A search for words.

    Args:
        text: Canonical text.
        query: What the user typed.

    Attributes:
        hits: What is known.

    Raises:
        UsageError: There is nothing to search for, or too much.
    """

    regex = False

    def __init__(self, text: str, query: str) -> None:
        self.text, self.query = text, query
        self.hits = Hits(text)
        self._pattern = compile_query(query)

    async def begin(self) -> None:
        """Get ready.

        Raises:
            UsageError: This cannot be searched for.
        """

    def look_now(self, window: int) -> bool:
        """Look at a window at once; False where that could take too long."""
        if not self.hits.knows(window):
            start, end = self.hits.bounds(window)
            found = scan(self.text, self._pattern, start, end, self.hits.room + 1)
            self.hits.put(window, *found)
        return True

    async def look(self, window: int) -> None:
        """Look at a window, however long it takes.

        Raises:
            UsageError: It takes too long.
        """
        self.look_now(window)

    def between(self, start: int, end: int) -> list[Span]:
        """Return the hits on a stretch of text; it is looked at first, where that is quick."""
        for window in self.hits.over(start, end):
            self.look_now(window)
        return self.hits.between(start, end)

    def close(self) -> None:
        """Give back what it holds; it can be asked for what is known still."""


class RegexSearch(Search):
    """A search for a regular expression. Ask :meth:`begin` first whether it is one."""

    regex = True

    def __init__(self, text: str, query: str) -> None:  # the expression is compiled in the child
        if len(query) > LONGEST_QUERY or not query.strip():
            compile_query(query)  # says so
        self.text, self.query = text, query
        self.hits = Hits(text)
        self._child: Child | None = None
        self._asking = asyncio.Lock()
        self._failed: UsageError | None = None

    async def begin(self) -> None:
        """Have the expression compiled.

        Raises:
            UsageError: It is no regular expression, or even that takes too long.
        """
        async with self._asking:
            await self._ready()

    def look_now(self, window: int) -> bool:
        """Whether a window has been looked at."""
        return self.hits.knows(window)

    async def look(self, window: int) -> None:
        """Have a window looked at by the child.

        Raises:
            UsageError: It takes too long, and will not be tried again.
        """
        async with self._asking:
            if self.hits.knows(window):
                return
            child = await self._ready()
            start, end = self.hits.bounds(window)
            wish = {"start": start, "end": end, "most": self.hits.room + 1}
            found = array("I", await self._ask(lambda: child.answer(wish)))
            half = len(found) // 2
            self.hits.put(window, found[:half], found[half:])
        if self.hits.complete:
            self.close()

    async def _ready(self) -> Child:
        """Return a child that has the text and the expression."""
        if self._failed is not None:
            raise self._failed
        if self._child is None:
            self._child = child = Child()
            await self._ask(lambda: child.start(self.text))
            wrong = await self._ask(lambda: child.answer({"query": self.query}))
            if wrong:
                self._failed = UsageError(wrong.decode("utf-8"), "")
                self.close()
                raise self._failed
        return self._child

    async def _ask(self, work: Callable[[], bytes]) -> bytes:
        """Return an answer of the child; who does not wait for it any longer ends the child.

        Raises:
            UsageError: There was none in time.
        """
        try:
            async with asyncio.timeout(ANSWER_S):
                return await asyncio.to_thread(work)
        except (TimeoutError, OSError, EOFError, ValueError) as error:
            slow = isinstance(error, TimeoutError)
            why = "This takes too long." if slow else "This cannot be run here."
            self._failed = UsageError(why, _HARDER)
            self.close()
            raise self._failed from None
        except asyncio.CancelledError:
            self.close()  # its answer would be taken for that of the next request
            raise

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.kill()
            self._child = None


class Child:
    """A process of our own that looks for regular expressions in one text."""

    def __init__(self) -> None:
        code = (
            "import sys; sys.path.insert(0, sys.argv[1]); "
            "from reader.services.searching.regex_child import main; main()"
        )
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-I", "-S", "-c", code, str(Path(__file__).parents[3])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def start(self, text: str) -> bytes:
        """Give it the text; for a thread."""
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        write(self._process.stdin, text.encode("utf-8", "surrogatepass"))
        return b""

    def answer(self, wish: Mapping[str, str | int]) -> bytes:
        """Return the answer to a request; for a thread.

        Raises:
            EOFError: The child has ended.
        """
        assert self._process.stdin is not None and self._process.stdout is not None  # noqa: S101, PT018 - pipes
        write(self._process.stdin, json.dumps(wish).encode())
        return read(self._process.stdout, must=True)

    def kill(self) -> None:
        """End it, whatever it does; a thread that waits for it ends as well."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
