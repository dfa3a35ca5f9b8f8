"""Classes that cost next to nothing to define: what takes long is written at the first use.

``dataclasses.dataclass`` writes and compiles half a dozen functions for each class, used or not:
half a millisecond each, which for the classes of this package is a tenth of the start. The
``dataclass`` from here is used in the same way and gives the same class, except that ``__init__``
is compiled when the first one is made and the rest needs no compiling. Type checkers see the
original, and what ``dataclasses`` offers (``replace``, ``fields``, ``asdict``) works.

Understood are ``frozen`` and ``slots``, defaults, and ``field`` with ``default`` or
``default_factory``; :mod:`reader.tui.quick_classes` gives the same to libraries that ask for no
more than that.

So it is with :class:`NamedTuple` and :class:`StrEnum`: what is imported before the first words of
an article takes them from here, and neither ``typing`` nor ``enum`` is imported then.
"""

from __future__ import annotations

from collections import _tuplegetter  # type: ignore[attr-defined] # what namedtuple takes
from operator import attrgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

_NONE = object()
OWN = "__record_defaults__"
"""Name of a class's attribute: its own fields with their defaults, or what stands for none."""
_VALUES = "__record_values__"
"""Name of a class's attribute: what gives all values of a record."""


def _record(made: Any = None, /, *, frozen: bool = False, slots: bool = False) -> Any:
    """Make a class a dataclass; see ``dataclasses.dataclass``."""
    if made is None:
        return lambda cls: _as_record(cls, frozen, slots)
    return _as_record(made, frozen, slots)


def _as_record(made: Any, frozen: bool, slots: bool) -> Any:
    own = {name: made.__dict__.get(name, _NONE) for name in _field_names(made)}
    if slots:
        made = _with_slots(made, own)
    setattr(made, OWN, own)
    names = tuple(_defaults(made))
    values = _values_of(names)
    setattr(made, _VALUES, staticmethod(values))
    setattr(made, "__match_args__", names)  # noqa: B010 - mypy takes it for that of all classes
    _set_unless_there(made, "__init__", _writes_itself(made, frozen))
    made.__dataclass_fields__ = _Fields()
    _set_unless_there(made, "__repr__", _repr_of(names))
    _set_unless_there(made, "__eq__", _eq_of(values))
    if frozen:
        made.__setattr__ = made.__delattr__ = _refuse
    _set_unless_there(made, "__hash__", _hash_of(values) if frozen else None)
    if slots:
        made.__reduce__ = _reduce_of(names)
    return made


def _field_names(made: Any) -> list[str]:
    return [name for name, kind in made.__annotations__.items() if "ClassVar" not in str(kind)]


def _with_slots(made: Any, own: Mapping[str, Any]) -> Any:
    """Return the class anew with slots, which a class can only be given when it is made."""
    left_out = {*own, "__dict__", "__weakref__"}
    space = {name: value for name, value in made.__dict__.items() if name not in left_out}
    space["__slots__"] = tuple(own)
    again = type(made)(made.__name__, made.__bases__, space)
    again.__qualname__ = made.__qualname__
    return again


def _defaults(made: Any) -> dict[str, Any]:
    """Return all fields with their defaults, inherited ones first."""
    found: dict[str, Any] = {}
    for base in reversed(made.__mro__):
        found.update(base.__dict__.get(OWN, {}))
    return found


def _set_unless_there(made: Any, name: str, method: Callable[..., Any] | None) -> None:
    """Give a class a method unless its body has one; a hash of None is none."""
    if made.__dict__.get(name) is None:
        setattr(made, name, method)


# ---------------------------------------------------------------------- another one like it


def _like(record: Any, /, **changes: Any) -> Any:
    """Return a record with other values in some fields; see ``dataclasses.replace``.

    That one asks for the kind of each field, which takes as long as all the rest of a key.
    """
    made, names = record.__class__, record.__match_args__
    values = made.__record_values__(record)
    if len(names) == 1:
        values = (values,)
    return made(**{**dict(zip(names, values, strict=True)), **changes})


# ---------------------------------------------------------------------- methods


def _values_of(names: tuple[str, ...]) -> Callable[[Any], Any]:
    return attrgetter(*names) if names else lambda record: ()


def _eq_of(values: Callable[[Any], Any]) -> Callable[[Any, object], Any]:
    def same(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    return same


def _hash_of(values: Callable[[Any], Any]) -> Callable[[Any], int]:
    return lambda self: hash(values(self))


def _reduce_of(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """Return how a copy is made: by giving all values again."""
    return lambda self: (self.__class__, tuple(getattr(self, name) for name in names))


def _repr_of(names: tuple[str, ...]) -> Callable[[Any], str]:
    def shown(self: Any) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({fields})"

    return shown


def _refuse(self: Any, name: str, value: object = None) -> None:
    from dataclasses import FrozenInstanceError  # late: only after a mistake

    raise FrozenInstanceError(f"cannot change field {name!r}")


# ---------------------------------------------------------------------- __init__


def _writes_itself(made: Any, frozen: bool) -> Callable[..., None]:
    """Return an ``__init__`` that puts a compiled one in its place when it is first called."""

    def first(self: Any, *given: Any, **named: Any) -> None:
        made.__init__ = _compiled(made, frozen)
        made.__init__(self, *given, **named)

    return first


def _compiled(made: Any, frozen: bool) -> Callable[..., None]:
    """Return the ``__init__`` of a class, compiled from its fields."""
    space: dict[str, Any] = {"_set": object.__setattr__, "_NONE": _NONE}
    parameters, lines = ["self"], []
    for name, default in _defaults(made).items():
        value, factory = name, getattr(default, "default_factory", None)
        if hasattr(default, "default_factory") and callable(factory):
            space[f"_make_{name}"], default = factory, _NONE
            parameters.append(f"{name}=_NONE")
            value = f"_make_{name}() if {name} is _NONE else {name}"
        elif default is _NONE:
            parameters.append(name)
        else:
            space[f"_default_{name}"] = _plain(default)
            parameters.append(f"{name}=_default_{name}")
        lines.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(made, "__post_init__"):
        lines.append("self.__post_init__()")
    source = f"def __init__({', '.join(parameters)}):\n " + "\n ".join(lines or ["pass"])
    exec(source, space)  # noqa: S102 - of names from class bodies, as namedtuple does it
    written: Callable[..., None] = space["__init__"]
    written.__qualname__ = f"{made.__qualname__}.__init__"
    return written


def _plain(default: Any) -> Any:
    """Return a default that may have been given as ``field(default=...)``."""
    return default.default if hasattr(default, "default_factory") else default


class _Fields:
    """Works out ``__dataclass_fields__`` when ``dataclasses`` asks for it."""

    def __get__(self, instance: object, owner: Any) -> Any:
        import dataclasses  # late: seldom asked for
        from typing import Any

        specified: list[Any] = []
        for name, default in _defaults(owner).items():
            if default is _NONE:
                specified.append((name, Any))
            else:
                is_field = isinstance(default, dataclasses.Field)
                given = default if is_field else dataclasses.field(default=default)
                specified.append((name, Any, given))
        shadow: Any = dataclasses.make_dataclass(owner.__name__, specified)
        owner.__dataclass_fields__ = shadow.__dataclass_fields__
        return owner.__dataclass_fields__


# ---------------------------------------------------------------------- tuples with names


class _TupleMaker(type):
    """Makes the classes that are derived from :class:`NamedTuple`."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], space: dict[str, Any]
    ) -> type[tuple[Any, ...]]:
        made: Any = super().__new__(cls, name, bases, {"__slots__": (), **space})
        names = tuple(made.__annotations__)
        if tuple not in bases and names:
            defaults = {field: space[field] for field in names if field in space}
            for index, field in enumerate(names):
                setattr(made, field, _tuplegetter(index, ""))
            made._fields = names
            setattr(made, "__match_args__", names)  # noqa: B010 - mypy takes it for that of all
            made.__new__ = _writes_its_new(made, defaults)
        return made  # type: ignore[no-any-return]


def _writes_its_new(made: Any, defaults: Mapping[str, Any]) -> Callable[..., Any]:
    """Return a ``__new__`` that puts a compiled one in its place when it is first called."""

    def first(cls: Any, *given: Any, **named: Any) -> Any:
        names = ", ".join(made._fields)
        parameters = (f"{name}=_{name}" if name in defaults else name for name in made._fields)
        space = {"_new": tuple.__new__, **{f"_{name}": value for name, value in defaults.items()}}
        source = f"def __new__(_cls, {', '.join(parameters)}):\n return _new(_cls, ({names},))"
        exec(source, space)  # noqa: S102 - of names from class bodies, as namedtuple does it
        made.__new__ = space["__new__"]
        return made.__new__(cls, *given, **named)

    return first


class _NamedTuple(tuple, metaclass=_TupleMaker):  # type: ignore[type-arg]
    """A tuple whose items have names; see ``typing.NamedTuple``."""

    _fields: tuple[str, ...]

    def __repr__(self) -> str:
        fields = (f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
        return f"{self.__class__.__name__}({', '.join(fields)})"

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)

    def _replace(self, **changes: Any) -> Any:
        """Return one like it with other values in some fields."""
        return self.__class__(**{**dict(zip(self._fields, self, strict=True)), **changes})


# ---------------------------------------------------------------------- words of a closed list


class _WordsMaker(type):
    """Makes the classes that are derived from :class:`StrEnum`."""

    _words: dict[str, Any]

    def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> type:
        words = {key: value for key, value in space.items() if key.isupper()}
        made: Any = super().__new__(cls, name, bases, space)
        made._words = {}
        for key, value in words.items():
            member = str.__new__(made, value)
            member.name, member.value = key, value
            setattr(made, key, member)
            made._words[value] = member
        return made  # type: ignore[no-any-return]

    def __call__(cls, word: str) -> Any:
        try:
            return cls._words[word]
        except KeyError:
            raise ValueError(f"{word!r} is not a valid {cls.__qualname__}") from None

    def __iter__(cls) -> Iterator[Any]:
        return iter(cls._words.values())

    def __len__(cls) -> int:
        return len(cls._words)


class _StrEnum(str, metaclass=_WordsMaker):
    """Words of a closed list, in capitals in the class body; see ``enum.StrEnum``."""

    name: str
    value: str

    def __repr__(self) -> str:
        return f"<{self.__class__.__name__}.{self.name}: {self.value!r}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return self.__class__, (self.value,)


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import replace as replace
    from enum import StrEnum as StrEnum
    from typing import NamedTuple as NamedTuple
else:
    dataclass = _record
    replace = _like
    NamedTuple = _NamedTuple
    StrEnum = _StrEnum
