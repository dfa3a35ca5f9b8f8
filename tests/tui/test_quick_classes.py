"""Dataclasses of the libraries are made quickly where that makes no difference."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from reader.domain import records
from reader.tui.quick_classes import used_by_others

THEIRS: Callable[..., Any] = dataclasses.dataclass


def test_what_others_define_is_quick_only_where_it_is_the_same() -> None:
    class Ordered:
        one: int

    class Left:
        one: int = dataclasses.field(default=1, init=False)

    class Derived(THEIRS(type("Base", (), {"__annotations__": {"one": "int"}}))):  # type: ignore[misc]
        two: int = 2

    class Simple:
        one: int = 1

        def __init__(self) -> None:
            self.one = 7

    with used_by_others():
        make: Callable[..., Any] = dataclasses.dataclass
        made = [make(order=True)(Ordered), make(Left), make(Derived), make(Simple)]
    assert dataclasses.dataclass is THEIRS
    assert [records.OWN in vars(one) for one in made] == [False, False, False, True]
    assert made[2](1) == made[2](1, 2) != made[2](2)
    assert made[3]().one == 7, "an __init__ of its own stays"
