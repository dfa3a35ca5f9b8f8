"""Modules that are imported when something in them is first used."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Late:
    """Stands for a module until it is needed: what the first screen does not draw can wait.

    Type checkers are shown the module itself::

        if TYPE_CHECKING:
            import json
        else:
            json = Late("json")

    Args:
        name: The module's full name.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        from importlib import import_module

        value = getattr(import_module(self._name), attribute)
        setattr(self, attribute, value)
        return value


class LatePattern:
    """A regular expression that is compiled when it is first used: a large one costs 0.5 ms.

    Args:
        expression: The expression.
        flags: Flags of :func:`re.compile`.
    """

    def __init__(self, expression: str, flags: int = 0) -> None:
        self._expression = expression
        self._flags = flags

    def __getattr__(self, attribute: str) -> Any:
        import re  # late as well: it takes a tenth of the time to the first words

        value = getattr(re.compile(self._expression, self._flags), attribute)
        setattr(self, attribute, value)
        return value
