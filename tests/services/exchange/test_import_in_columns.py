"""An import in columns does what an import row by row does."""

import random
from dataclasses import asdict

from reader.domain.operation import new_uid
from reader.formats import csv_exported
from reader.services.care import doctor
from reader.storage.log import Log
from tests.services.exchange_desk import CHECKWORTHY, Desk, csv_text, portable

QUOTED = ('"it"', "that", "that", "that")
TEXTS = [
    "\n\n".join(
        f"{what} {n} is “said”. Was {QUOTED[n % 4]} so? The {n}th\nline, it says."
        for n in range(40)
    )
    for what in ("Number", "Another")
]


def marked(desk: Desk, chance: random.Random) -> None:
    """Let two people tag stretches of both articles, now and then with more than a tag."""
    for text in TEXTS:
        desk.add(text, title=text[:6])
        for place in range(0, 1500, 30):
            who = chance.choice(["ana", "cleo"])
            span = (place, place + chance.choice([3, 9]))
            desk.tag(*span, chance.choice(["plausible", "refuted"]), who=who)
            if chance.random() < 0.1:
                desk.tag(*span, who=who, note='a "note"', reason="because")
            if chance.random() < 0.1:
                desk.tag(*span, "quantity", book=CHECKWORTHY, who=who)


def spoiled(rows: list[dict[str, str]], chance: random.Random) -> list[dict[str, str]]:
    """Return the rows with what may be wrong in a file among them."""
    found = []
    for row in rows:
        found.append(row)
        if chance.random() < 0.08:
            ways = [
                row,
                {**row, "highlight_id": new_uid()},
                {**row, "tag": "nonsense", "highlight_id": new_uid()},
                {**row, "note": "another"},
                {**row, "end": row["start"]},
                {**row, "start": str(int(row["start"]) + 1), "highlight_id": new_uid()},
                {**row, "highlight_id": ""},
                {**row, "article_sha256": "0" * 64, "highlight_id": new_uid()},
            ]
            found.insert(chance.randrange(len(found)), chance.choice(ways))
    return found


def file_of(rows: list[dict[str, str]], *, as_exported: bool) -> str:
    if as_exported:
        return csv_text(rows)
    return csv_text([dict(reversed(row.items())) for row in rows])


def library_after(path, rows: list[dict[str, str]], *, as_exported: bool) -> tuple:
    """Import into a library that has some of it; return what was reported, and all there is."""
    desk = Desk(path, "ben")
    with desk.library:
        for text in TEXTS:
            desk.add(text, title=text[:6])
            desk.tag(100, 109, "contested", who="cleo")
        file = path.with_suffix(".csv")
        file.write_text(file_of(rows, as_exported=as_exported), "utf-8", newline="")
        reports = [asdict(desk.read(file)) for _ in range(2)]
        after = sorted(portable(desk.rows()), key=str)
        known = {row["highlight_id"] for row in rows}
        for row in after:
            row["highlight_id"] *= row["highlight_id"] in known
        desk.library.log.undo(desk.article.uid, desk.me)
        undone = len(desk.rows())
    assert doctor.examine(path).findings == []
    return reports, after, undone


def test_the_same_comes_of_it_as_row_by_row(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_exported, "_BLOCK", 2_000)
    monkeypatch.setattr(csv_exported, "PAGE", 30)
    in_columns: list[int] = []
    write = Log.write_plain

    def counting(log, group, new):
        in_columns.append(len(new.uids))
        write(log, group, new)

    monkeypatch.setattr(Log, "write_plain", counting)
    desk, chance = Desk(tmp_path / "a.db"), random.Random(3)
    with desk.library:
        marked(desk, chance)
        clean = desk.rows()
    spoilt = spoiled(clean, chance)
    for rows, least in ((clean, len(clean) / 3), (spoilt, -1)):
        one, other = (
            library_after(tmp_path / f"{least}{way}.db", rows, as_exported=way)
            for way in (True, False)
        )
        assert one == other
        assert one[0][0]["imported"] >= len(clean) - 2
        assert sum(in_columns) > least
        in_columns.clear()
