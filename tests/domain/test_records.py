"""Our dataclasses do what those of the standard library do, in all that the package uses."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from reader.domain import records

# Type checkers take one for the other; here both are wanted.
OURS: Callable[..., Any] = records.dataclass
THEIRS: Callable[..., Any] = dataclasses.dataclass


class _Plain:
    """A class body with everything in it."""

    KIND: ClassVar[str] = "plain"
    one: int
    two: str = "two"
    three: tuple[int, ...] = dataclasses.field(default=())
    four: list[int] = dataclasses.field(default_factory=list)

    def __post_init__(self) -> None:
        self.four.append(self.one)

    @property
    def both(self) -> str:
        return f"{self.one}{self.two}"


def _pair(**how: bool) -> tuple[Any, Any]:
    def body() -> Any:
        space = {key: value for key, value in vars(_Plain).items() if key != "__dict__"}
        space.pop("__weakref__", None)
        return type("Plain", (), space)

    return OURS(**how)(body()), THEIRS(**how)(body())


WAYS = [{}, {"frozen": True}, {"slots": True}, {"frozen": True, "slots": True}]


@pytest.mark.parametrize("how", WAYS)
def test_the_same_class_comes_out(how: dict[str, bool]) -> None:
    ours, theirs = _pair(**how)
    for make in (lambda c: c(1), lambda c: c(1, "x", four=[3]), lambda c: c(two="y", one=2)):
        mine, other = make(ours), make(theirs)
        assert repr(mine) == repr(other)
        assert dataclasses.asdict(mine) == dataclasses.asdict(other)
        assert mine.both == other.both
        assert mine == make(ours) != ours(9)
        assert mine != other, "of another class"
        changed = dataclasses.replace(mine, two="new", four=[])
        assert repr(changed) == repr(dataclasses.replace(other, two="new", four=[]))
    assert ours.KIND == "plain"
    assert ours.__match_args__ == theirs.__match_args__
    assert hasattr(ours(1), "__dict__") == hasattr(theirs(1), "__dict__")
    assert ours(1).four is not ours(1).four


@pytest.mark.parametrize("how", WAYS)
@pytest.mark.parametrize("wrong", [{}, {"one": 1, "five": 5}])
def test_wrong_arguments_are_refused(how: dict[str, bool], wrong: dict[str, int]) -> None:
    ours, _ = _pair(**how)
    with pytest.raises(TypeError, match=r"one|five"):
        ours(**wrong)


@OURS(frozen=True, slots=True)
class Small:
    one: int
    two: str = "two"


@OURS(slots=True)
class Wide:
    one: int = 0

    def __eq__(self, other: object) -> bool:
        return True


@OURS(frozen=True, slots=True)
class Longer(Small):
    three: int = 3


def test_frozen_ones_stay_as_they_are_and_can_be_keys() -> None:
    small = Small(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        small.one = 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        del small.one
    assert {small: 1}[Small(1, "two")] == 1
    with pytest.raises(TypeError):
        hash(Wide())


def test_methods_of_the_class_body_are_kept() -> None:
    assert Wide(1) == Wide(2)


def test_a_subclass_has_the_fields_of_its_base_first() -> None:
    longer = Longer(1, "b", 4)
    assert (longer.one, longer.two, longer.three) == (1, "b", 4)
    assert [field.name for field in dataclasses.fields(longer)] == ["one", "two", "three"]
    assert longer != Small(1, "b")


def test_copies_are_equal() -> None:
    for record in (Small(1), Longer(2)):
        assert copy.copy(record) == copy.deepcopy(record) == record
        assert pickle.loads(pickle.dumps(record)) == record


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

    with records.used_by_others():
        make: Callable[..., Any] = dataclasses.dataclass
        made = [make(order=True)(Ordered), make(Left), make(Derived), make(Simple)]
    assert dataclasses.dataclass is THEIRS
    assert [records._OWN in vars(one) for one in made] == [False, False, False, True]
    assert made[2](1) == made[2](1, 2) != made[2](2)
    assert made[3]().one == 7, "an __init__ of its own stays"
