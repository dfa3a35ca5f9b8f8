"""Has threads answer late and the event loop stumble, as on a machine that has other things to do.

`python -m pytest --delays 1` finds tests that look before what they look for can be there, on any
machine: each answer of another thread takes up to a few frames longer, and every now and then all
stands still for a while. The number is the seed.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from reader.storage.library import Library
from reader.tui.saving.database import Database, Ended

ANSWER_S = 0.04
"""How much longer the answer of a thread takes at most."""

STUMBLE_S = 0.02
"""How long the event loop stands still when it stumbles."""

STUMBLES = 0.003
"""How many of the loop's callbacks stumble."""


@contextmanager
def delayed(seed: int) -> Iterator[None]:
    """Delay what runs beside the event loop, and now and then the loop itself."""
    chance = random.Random(seed)
    submit, tell, run = Database.submit, Database.tell, asyncio.BaseEventLoop.run_in_executor
    step = asyncio.Handle._run

    def late(job: Callable[..., Any]) -> Callable[..., Any]:
        pause_s = chance.random() * ANSWER_S

        def wait_and_do(*given: Any) -> Any:
            time.sleep(pause_s)
            return job(*given)

        return wait_and_do

    def submit_late(self: Database, job: Callable[[Library], Any]) -> Any:
        return submit(self, late(job))

    def tell_late(self: Database, job: Callable[[Library], Any], ended: Ended) -> None:
        tell(self, late(job), ended)

    def run_late(self: Any, executor: Any, job: Callable[..., Any], *given: Any) -> Any:
        return run(self, executor, late(job), *given)

    def stumble(self: asyncio.Handle) -> None:
        if chance.random() < STUMBLES:
            time.sleep(STUMBLE_S)
        step(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "submit", submit_late)
        patch.setattr(Database, "tell", tell_late)
        patch.setattr(asyncio.BaseEventLoop, "run_in_executor", run_late)
        patch.setattr(asyncio.Handle, "_run", stumble)
        yield
