"""Our dataclasses, named tuples and enumerations do what the standard ones do, as far as used."""

from __future__ import annotations

import copy
import dataclasses
import enum
import pickle
from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple

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


class Ours(records.NamedTuple):
    one: int
    two: str = "two"

    @property
    def both(self) -> str:
        return f"{self.one}{self.two}"


class Derived(Ours):
    """One with the same fields."""


class Theirs(NamedTuple):
    one: int
    two: str = "two"

    @property
    def both(self) -> str:
        return f"{self.one}{self.two}"


def test_tuples_with_names_are_those_of_the_standard_library() -> None:
    for given, named in (((1,), {}), ((1, "b"), {}), ((), {"two": "c", "one": 2})):
        ours, theirs = Ours(*given, **named), Theirs(*given, **named)
        assert ours == theirs == tuple(ours)
        assert hash(ours) == hash(theirs)
        assert repr(ours).lower() == repr(theirs).lower().replace("theirs", "ours")
        assert (ours.one, ours.two, ours.both) == (theirs.one, theirs.two, theirs.both)
        assert copy.deepcopy(ours) == pickle.loads(pickle.dumps(ours)) == ours
        assert type(copy.copy(ours)) is Ours
        assert not hasattr(ours, "__dict__")
        assert type(ours._replace(two="d")) is Ours
        assert ours._replace(two="d") == theirs._replace(two="d")
    assert Ours.__match_args__ == Theirs.__match_args__
    with pytest.raises(AttributeError):
        Ours(1).one = 2  # type: ignore[misc]
    assert repr(Derived(1)) == "Derived(one=1, two='two')"
    assert Derived(1, "b").both == "1b"
    for make in (Ours, Theirs):
        with pytest.raises(TypeError):
            make()
        with pytest.raises(TypeError):
            make(1, "b", 3)


class Kind(records.StrEnum):
    """Words."""

    ONE_WAY = "one-way"
    OTHER = "other"


class TheirKind(enum.StrEnum):
    ONE_WAY = "one-way"
    OTHER = "other"


def test_words_of_a_closed_list_are_those_of_the_standard_library() -> None:
    assert list(Kind) == list(TheirKind) == ["one-way", "other"]
    assert Kind("one-way") is Kind.ONE_WAY
    assert len(Kind) == len(TheirKind)
    for ours, theirs in zip(Kind, TheirKind, strict=True):
        assert (ours.name, ours.value, str(ours), f"{ours}") == (
            theirs.name, theirs.value, str(theirs), f"{theirs}"
        )  # fmt: skip
        assert repr(ours) == repr(theirs).replace("TheirKind", "Kind")
        assert {ours: 1}[ours.value] == 1
        assert copy.deepcopy(ours) is ours
        assert pickle.loads(pickle.dumps(ours)) is ours
    for kind in (Kind, TheirKind):
        with pytest.raises(ValueError, match=f"'third' is not a valid {kind.__name__}"):
            kind("third")
