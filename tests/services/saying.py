"""Puts sources, attributions, relations and evidence into a library, as operations and no more."""

from __future__ import annotations

import json
from collections.abc import Sequence

from reader.domain.attributed import attribution_uid
from reader.domain.evidence import link_uid
from reader.domain.operation import Change, Group, new_uid
from reader.domain.source import alias_uid
from reader.storage.library import Library


class Saying:
    """Somebody who says of highlights who said them.

    Args:
        library: The library.
        me: Uid of the annotator.
    """

    def __init__(self, library: Library, me: str) -> None:
        self.library, self.me = library, me

    def write(self, article: str | None, kind: str, *changes: Change) -> None:
        group = Group(kind, self.me, article, changes, summary=kind)
        self.library.log.commit(group, guarded=True)

    def put(self, entity: str, uid: str, fields: dict[str, object]) -> Change:
        """Return what makes something, or gives it other fields if it is there."""
        query = f"SELECT {', '.join(fields)} FROM {entity} WHERE uid = ? AND deleted_at IS NULL"
        row = self.library.connection.execute(query, (uid,)).fetchone()
        if row is None:
            return Change(entity, uid, fields)
        before = dict(zip(fields, row, strict=True))
        if "hops" in before:
            before["hops"] = json.loads(before["hops"])
        return Change(entity, uid, fields, before)

    def source(self, name: str, kind: str = "person", naming: str = "named", **more) -> str:
        uid = new_uid()
        fields = {"name": name, "kind": kind, "naming": naming, **more}
        self.write(None, "source", Change("source", uid, fields))
        return uid

    def alias(self, source: str, name: str) -> str:
        uid = alias_uid(source, name)
        fields = {"source_uid": source, "name": name}
        self.write(None, "source", Change("source_alias", uid, fields))
        return uid

    def merge(self, source: str, into: str) -> None:
        self.change("source", source, merged_into=into)

    def article_of(self, highlight: str) -> str:
        query = (
            "SELECT article_uid FROM article_version JOIN highlight"
            " ON version_uid = article_version.uid WHERE highlight.uid = ?"
        )
        return str(self.library.connection.execute(query, (highlight,)).fetchone()[0])

    def said(
        self,
        highlight: str,
        *chain: str | None,
        voice: str | None = None,
        act: str | None = None,
        scope: bool | None = None,
        origin: str = "manual",
        word: str | None = None,
    ) -> str:
        """Say who said a highlight: a new attribution, or other fields of the one that is there."""
        uid = attribution_uid(highlight)
        mention = word and {"start": 3, "end": 3 + len(word), "exact": word}
        hops = [
            {"source": source, "mention": None if source else mention, "cue": None}
            for source in chain
        ]
        fields = {"highlight_uid": highlight, "voice": voice, "act": act, "hops": hops}
        fields |= {"scope_certain": scope, "origin": origin}
        self.write(self.article_of(highlight), "attribution", self.put("attribution", uid, fields))
        return uid

    def relate(self, one: str, kind: str, other: str, note: str | None = None) -> str:
        uid = new_uid()
        fields = {"from_uid": one, "to_uid": other, "type": kind, "note": note}
        change = Change("relation", uid, {**fields, "annotator_uid": self.me})
        self.write(self.article_of(one), "relation", change)
        return uid

    def evidence(self, citation: str, **more: str | None) -> str:
        uid = new_uid()
        fields = dict.fromkeys(("kind", "url", "archive_url", "accessed_at", "excerpt"))
        change = Change(
            "evidence", uid, {**fields, **more, "citation": citation, "annotator_uid": self.me}
        )
        self.write(None, "evidence", change)
        return uid

    def shows(self, highlight: str, stance: str, *evidence: str) -> list[str]:
        """Link pieces of evidence to a highlight."""
        uids = [link_uid(one, highlight) for one in evidence]
        changes = [
            self.put(
                "evidence_link",
                uid,
                {"evidence_uid": one, "highlight_uid": highlight, "stance": stance},
            )
            for uid, one in zip(uids, evidence, strict=True)
        ]
        self.write(self.article_of(highlight), "evidence", *changes)
        return uids

    def remove(self, entity: str, uid: str, article: str | None = None) -> None:
        gone = Change(entity, uid, {"deleted_at": "2030-01-01T00:00:00.000Z"}, {"deleted_at": None})
        self.write(article, "delete", gone)

    def change(self, entity: str, uid: str, article: str | None = None, **fields: object) -> None:
        names: Sequence[str] = tuple(fields)
        query = f"SELECT {', '.join(names)} FROM {entity} WHERE uid = ?"
        row = self.library.connection.execute(query, (uid,)).fetchone()
        before = dict(zip(names, row, strict=True))
        self.write(article, "change", Change(entity, uid, fields, before))
