"""Makes classes of widgets and screens in a third of the time: a twentieth of the start.

For each class Textual goes through all attributes of all its bases, and makes the key bindings of
all of them anew. A screen that is put together of a dozen classes costs as much as parsing the
style sheets. Here each class is gone through once, when it is made, and what its subclasses need
of it is kept.

A test compares all classes of the program with what Textual makes of them.

Dataclasses of the libraries are made as quickly as ours are, where that makes no difference.
"""

from __future__ import annotations

import dataclasses
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from reader.domain import records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual.binding import Binding
    from textual.reactive import Reactive

_COMPUTES = ("_compute_", "compute_")


def use_for_nodes() -> None:
    """Let every class of a node that is made from now on be made quickly."""
    from textual.dom import DOMNode

    def made(
        cls: type[DOMNode],
        inherit_css: bool = True,
        inherit_bindings: bool = True,
        inherit_component_classes: bool = True,
    ) -> None:
        super(DOMNode, cls).__init_subclass__()
        cls._inherit_css = inherit_css
        cls._inherit_bindings = inherit_bindings
        cls._inherit_component_classes = inherit_component_classes
        _fill(cls)

    DOMNode.__init_subclass__ = classmethod(made)  # type: ignore[assignment] # so it is replaced


def _fill(cls: Any) -> None:
    """Give a class what `DOMNode.__init_subclass__` gives it."""
    cls._reactives, computes = {}, []
    for base in reversed(cls.__mro__):
        reactives, computed = _own(base)
        cls._reactives.update(reactives)
        computes += computed
    cls._computes = frozenset(computes)
    bases = cls._css_bases(cls)
    cls._css_type_name = bases[0].__name__
    cls._css_type_names = frozenset([base.__name__ for base in bases])
    cls._merged_bindings = _merged_bindings(cls)


@cache
def _own(cls: type) -> tuple[dict[str, Reactive[Any]], list[str]]:
    """Return the reactive attributes of a class itself, and those that it computes."""
    from textual.reactive import Reactive

    reactives = {name: item for name, item in cls.__dict__.items() if isinstance(item, Reactive)}
    return reactives, [name.lstrip("_")[8:] for name in cls.__dict__ if name.startswith(_COMPUTES)]


def _merged_bindings(cls: type) -> Any:
    from textual.binding import BindingsMap
    from textual.dom import DOMNode

    keys: dict[str, list[Binding]] = {}
    for base in reversed(cls.__mro__):
        if issubclass(base, DOMNode):
            if not base._inherit_bindings:
                keys.clear()
            if base.__dict__.get("BINDINGS"):
                keys.update({key: list(found) for key, found in _own_bindings(base).items()})
    return BindingsMap.from_keys(keys)


@cache
def _own_bindings(cls: Any) -> dict[str, list[Binding]]:
    """Return the bindings of a class itself by their keys."""
    from textual.binding import BindingsMap

    return BindingsMap(cls.BINDINGS).key_to_bindings


# ---------------------------------------------------------------------- dataclasses


@contextmanager
def used_by_others() -> Iterator[None]:
    """Let ``dataclasses.dataclass`` make those of our own, where they are the same."""
    original = dataclasses.dataclass
    dataclasses.dataclass = _quick_or(original)
    try:
        yield
    finally:
        dataclasses.dataclass = original


def _quick_or(original: Any) -> Any:
    def choose(made: Any = None, /, **how: Any) -> Any:
        if made is None:
            return lambda cls: choose(cls, **how)
        return (records.dataclass if _is_simple(made, how) else original)(made, **how)

    return choose


def _is_simple(made: Any, how: Mapping[str, Any]) -> bool:
    """Whether a class can be a quick one; ``how`` holds the arguments of ``dataclass``."""
    bases = [base for base in made.__mro__[1:] if "__dataclass_fields__" in base.__dict__]
    return (
        how.keys() <= {"frozen", "slots"}
        and all(records.OWN in base.__dict__ for base in bases)
        and not any("InitVar" in str(kind) for kind in made.__annotations__.values())
        and all(map(_is_plain, made.__dict__.values()))
    )


def _is_plain(value: Any) -> bool:
    """Whether a default has nothing to it but its value or factory."""
    if not hasattr(type(value), "default_factory"):
        return True
    usual = value.init and value.repr and value.compare
    return bool(usual and value.hash is None and value.kw_only is not True)
