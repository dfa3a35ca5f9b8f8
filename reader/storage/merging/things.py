"""Each thing that stands on a highlight: what it is called on another one, and what it says there.

These are judgements, who said it, judgements on that, and links to evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from reader.domain.attributed import attribution_uid
from reader.domain.evidence import link_uid
from reader.domain.highlight import judgement_uid
from reader.domain.operation import Change, now
from reader.domain.rating import rating_uid
from reader.domain.records import dataclass
from reader.storage.merging import attributing, said
from reader.storage.merging.past import Past, Row
from reader.storage.merging.together import Fold, Together


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that stands on a highlight.

    Attributes:
        table: Where it lies.
        row: Its row.
        says: What it says, by field.
        uid_on: Gives what it is called on a highlight.
        place_on: Gives the fields that say where it stands on a highlight, and what it is.
        whole: Gives what fields of operations say, as ``says`` does.
        fold: Says what an earlier and a later saying give together.
    """

    table: str
    row: Row
    says: Row
    uid_on: Callable[[str], str]
    place_on: Callable[[str], Row]
    whole: Callable[[Mapping[str, Any]], Row]
    fold: Fold

    @property
    def is_live(self) -> bool:
        """Whether it is there."""
        return not self.row["deleted_at"]

    @property
    def attribution(self) -> str | None:
        """The uid of the attribution that it stands on, if it stands on one."""
        return self.row.get("attribution_uid")

    def removed(self) -> Change:
        """Return what removes it."""
        before = {"deleted_at": self.row["deleted_at"], **self.says}
        return Change(self.table, self.row["uid"], {"deleted_at": now()}, before)


def of_highlight(past: Past, highlight: str) -> Iterator[Thing]:
    """Yield all that was ever said on a highlight, but for relations."""
    for row in past.rows("SELECT * FROM judgement WHERE highlight_uid = ? ORDER BY uid", highlight):
        yield _judgement(row, lambda on: on, lambda on: {"highlight_uid": on}, highlight)
    for row in past.rows("SELECT * FROM attribution WHERE highlight_uid = ?", highlight):
        yield _attribution(row)
    query = "SELECT * FROM judgement WHERE attribution_uid = ? ORDER BY uid"
    for row in past.rows(query, attribution_uid(highlight)):
        yield _rating(row, row["annotator_uid"], highlight)
    for row in past.rows(
        "SELECT * FROM evidence_link WHERE highlight_uid = ? ORDER BY uid", highlight
    ):
        yield _link(row, row["evidence_uid"])


def changes(past: Past, together: Together, keep: str, thing: Thing) -> Iterator[Change]:
    """Yield what lets a highlight say of one thing what several highlights say together.

    Args:
        past: State and log.
        together: What the highlights say together.
        keep: Uid of the one that stays.
        thing: The thing, as it stands on one of them.
    """
    table, uid = thing.table, thing.uid_on(keep)
    found = together.says([uid, *map(thing.uid_on, together.others)], thing.fold)
    if found is not None and thing.says.keys().isdisjoint(found):
        return  # a damaged log does not tell what it says
    says = None if found is None else thing.whole(found)
    there = past.row(f"SELECT * FROM {table} WHERE uid = ?", uid)  # noqa: S608 - own names
    if there is None or there["deleted_at"]:
        if says is not None:
            yield Change(table, uid, {**thing.place_on(keep), **says})
        return
    present = SAYS[table](there)
    if says is None:
        yield Change(table, uid, {"deleted_at": now()}, {"deleted_at": None, **present})
        return
    patch = {name: value for name, value in says.items() if value != present[name]}
    if patch:
        yield Change(table, uid, patch, {name: present[name] for name in patch})


def _judgement(
    row: Row, target_on: Callable[[str], str], place_on: Callable[[str], Row], highlight: str
) -> Thing:
    what = {"codebook": row["codebook"], "facet": row["facet"]}
    only = judgement_uid(target_on(highlight), row["codebook"], row["facet"], None)
    code = None if row["uid"] == only else row["code"]  # of a facet that takes many
    return Thing(
        "judgement",
        row,
        {"value": said.value_of(row)},
        lambda on: judgement_uid(target_on(on), row["codebook"], row["facet"], code),
        lambda on: {**place_on(on), **what},
        lambda fields: {"value": said.whole(fields["value"])},
        _the_later,
    )


def _rating(row: Row, who: str, highlight: str) -> Thing:
    """Return a judgement on an attribution."""
    return _judgement(
        row,
        lambda on: rating_uid(attribution_uid(on), who),
        lambda on: {"attribution_uid": attribution_uid(on), "annotator_uid": who},
        highlight,
    )


def _attribution(row: Row) -> Thing:
    return Thing(
        "attribution",
        row,
        attributing.said(row),
        attribution_uid,
        lambda on: {"highlight_uid": on},
        attributing.whole,
        attributing.together,
    )


def _link(row: Row, evidence: str) -> Thing:
    return Thing(
        "evidence_link",
        row,
        _stance(row),
        lambda on: link_uid(evidence, on),
        lambda on: {"evidence_uid": evidence, "highlight_uid": on},
        _stance,
        _the_later,
    )


def _stance(fields: Mapping[str, Any]) -> Row:
    return {"stance": fields["stance"]}


def _the_later(earlier: Row, later: Mapping[str, Any]) -> Row:
    return {**earlier, **later}


SAYS: Mapping[str, Callable[[Row], Row]] = {
    "judgement": lambda row: {"value": said.value_of(row)},
    "attribution": attributing.said,
    "evidence_link": _stance,
}
"""What the rows of a table say, by field."""
