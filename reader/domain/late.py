"""Modules that are imported when something in them is first used."""

from __future__ import annotations

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
