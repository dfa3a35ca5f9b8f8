"""Ids have the form that other programs know, and stay what they are."""

from __future__ import annotations

import uuid

from reader.domain.operation import new_uid
from reader.domain.uids import derived_uid

NAMESPACE = uuid.UUID("6f1c1b0e-5d0a-5f0e-9b57-0b3f3c1d7c11")


def test_derived_ids_are_version_5_in_the_namespace_of_every_library() -> None:
    assert derived_uid("article\nx") == str(uuid.uuid5(NAMESPACE, "article\nx"))


def test_new_ids_are_version_7_and_sort_by_time() -> None:
    made = [new_uid() for _ in range(20)]
    for uid in made:
        assert str(uuid.UUID(uid)) == uid
        assert uuid.UUID(uid).version == 7
        assert uuid.UUID(uid).variant == uuid.RFC_4122
    assert [uid[:13] for uid in made] == sorted(uid[:13] for uid in made)
