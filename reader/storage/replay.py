"""Applies the operations of a log to the state tables, as they count once libraries have met.

Two libraries may each make the same thing on their own: the article that both captured, the source
of what nobody is said to have said. What came with making it was found, and does not count against
what a person has said of it since in either library, whatever the clocks say.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from reader.domain.operation import Operation
from reader.storage.state import ENTITIES, apply, comes_once

FOUND = ("article", "source", "attribution")
"""What may be made twice with several fields, of which each counts on its own."""


class Replay:
    """Applies operations, which have to come in the order of their clocks.

    Args:
        connection: The writing connection, in a transaction.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._chosen: set[str] = set()
        """Articles of which somebody has said which version is the current one."""

    def apply(self, op: Operation) -> None:
        """Apply one operation.

        Raises:
            ChangeRefused: It does not fit its entity, or there is no such entity.
        """
        patch = op.patch
        if op.before is not None:
            if op.entity == "article" and "version_uid" in patch:
                self._chosen.add(op.entity_uid)
        elif op.kind == "import" and op.entity in ENTITIES:
            # An import makes only what is not there. It may have done so in another library, of
            # what this one had and exported: that goes on as it is, with its owner.
            live = self._live(op)
            if live is not None and (live or comes_once(op)):
                return
        elif op.entity in FOUND and self._live(op):
            self._made_again(op)
            return
        apply(self._connection, op.entity, op.entity_uid, patch, makes=op.before is None, at=op.at)

    def _live(self, op: Operation) -> bool | None:
        """Whether what an operation makes is there; None if it never was."""
        table = ENTITIES[op.entity].table
        query = f"SELECT deleted_at IS NULL FROM {table} WHERE uid = ?"  # noqa: S608 - own names
        found = self._connection.execute(query, (op.entity_uid,)).fetchone()
        return None if found is None else bool(found[0])

    def _made_again(self, op: Operation) -> None:
        """Apply what making something that is there says besides."""
        patch: dict[str, Any] = {}
        if op.entity == "article" and op.entity_uid not in self._chosen:
            # The page as it was captured last.
            patch = {k: v for k, v in op.patch.items() if k == "version_uid"}
        elif op.entity == "attribution":
            patch = {k: v for k, v in op.patch.items() if v is not None and v != []}
            if "hops" not in patch:
                patch.pop("origin", None)  # of the chain
        if patch:
            apply(self._connection, op.entity, op.entity_uid, patch, makes=False, at=op.at)
