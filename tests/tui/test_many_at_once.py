"""Very many statements changed as one action, and taken back: keys are answered in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.domain import highlight as highlights
from reader.domain.highlight import STEP
from reader.services.annotating.annotations import Annotations
from reader.services.reading import density, tally
from reader.tui import many
from reader.tui.reading import base as reading_base
from reader.tui.reading import reasons
from tests.tui.reading_harness import Reader, article, key_event, reading

COUNT = 5_000
LOOKS = 4 * STEP
"""Looks at a highlight that a slice may take: each of its `STEP` has a before and an after."""


class Slices:
    """Counts what is done in each slice of an action, and lets keys be pressed between them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.longest = self.now = self.count = 0
        self.between: Callable[[int], None] = lambda number: None
        for owner, name in (
            (highlights, "length_class"), (highlights, "_order"), (tally, "_codes"),
            (density.Density, "_count"), (Annotations, "in_text"),
        ):  # fmt: skip
            monkeypatch.setattr(owner, name, self._counted(getattr(owner, name)))

    def _counted(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any) -> Any:
            self.now += 1
            return call(*args)

        return counted

    def watch(self, steps: Iterator[None]) -> Iterator[None]:
        self.longest = self.now = self.count = 0
        for _ in steps:
            self.longest, self.now, self.count = max(self.longest, self.now), 0, self.count + 1
            self.between(self.count)
            yield


async def _moves_while_it_runs(r: Reader, slices: Slices, keys: list[str]) -> list[bool]:
    """Press keys, the last of which begins it, and move in its middle: when was that seen?"""
    seen: list[bool] = []
    start = r.here

    def between(number: int) -> None:
        if number == 10:
            r.app.post_message(key_event("j"))
        elif number > 10:
            seen.append(r.here != start)

    slices.between = between
    await r.press(*keys)
    await r.until(lambda: r.screen.saver.pending == 0 and not r.screen.turns.busy)
    return seen


async def test_keys_are_answered_between(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join(f"Statement {n} has a dam." for n in range(COUNT))
    async with reading(tmp_path / "l.db", article(tmp_path, text)) as r:
        slices, screen = Slices(monkeypatch), r.screen
        monkeypatch.setattr(reading_base, "SLICE_S", 0.0)
        in_slices = type(screen).in_slices
        monkeypatch.setattr(
            type(screen), "in_slices",
            lambda self, steps, title: in_slices(self, slices.watch(steps), title),
        )  # fmt: skip
        await r.press("/")
        await r.type("dam")
        await r.press("enter", "g")
        seen = await _moves_while_it_runs(r, slices, ["*", "tab", "down", "enter", "enter"])
        assert slices.count >= 4 * COUNT // STEP
        assert slices.longest <= LOOKS
        assert seen[-1]  # the move was answered while there was more to do
        assert len(await r.groups()) == 1
        stored = [item.span for item in await r.stored()]
        assert stored == [item.span for item in screen.session.annotations.index]
        assert len(stored) == COUNT
        await r.until(lambda: screen.session.tally.complete)
        assert screen.session.tally.judged == COUNT
        seen = await _moves_while_it_runs(r, slices, ["u"])
        assert slices.count >= 3 * COUNT // STEP
        assert slices.longest <= LOOKS
        assert seen[-1]
        assert await r.stored() == []
        await r.consistent()


async def test_why_is_said_of_all_in_slices(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n\n".join(f"Statement {n} has a dam." for n in range(60))
    async with reading(tmp_path / "l.db", article(tmp_path, text)) as r:
        await r.press("/")
        await r.type("dam")
        await r.press("enter", "*", "tab", "down", "enter", "enter")
        await r.until(lambda: r.screen.session.tally.judged == 60)
        await r.press("*", "tab", "down", "down", "enter", "down", "enter")
        assert "why? R to say" in r.status
        for owner in (reasons, many):
            monkeypatch.setattr(owner, "SLICE_S", 0.0)
        rests: list[float] = []

        async def rest(seconds: float) -> None:
            rests.append(seconds)

        monkeypatch.setattr(many, "rest", rest)
        await r.press("R")
        assert "and 59 more" in r.text
        await r.type("told second hand\n")
        await r.until(lambda: r.screen.saver.pending == 0 and not r.screen.turns.busy)
        assert rests.count(0) >= 59
        said = [item.reason for found in await r.stored() for item in found.judgements]
        assert said == ["told second hand"] * 60
        assert len(await r.groups()) == 3
        await r.press("u")
        said = [item.reason for found in await r.stored() for item in found.judgements]
        assert said == [None] * 60
        await r.consistent()
