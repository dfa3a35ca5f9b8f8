"""Makes classes of widgets and screens in a third of the time: a twentieth of the start.

For each class Textual goes through all attributes of all its bases, and makes the key bindings of
all of them anew. A screen that is put together of a dozen classes costs as much as parsing the
style sheets. Here each class is gone through once, when it is made, and what its subclasses need
of it is kept.

A test compares all classes of the program with what Textual makes of them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
