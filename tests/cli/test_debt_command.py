"""``debt``: the judgements that lack something, as text, JSON and CSV, and its exit status."""

import csv
import io
import json

from reader.domain.operation import clock_time
from reader.storage.library import Library


def test_debt_lists_what_is_lacking_until_it_is_there(shell):
    assert shell("debt") == 0
    assert (shell.out, shell.err) == ("", "Nothing is lacking.\n")
    uid = shell.add("=One is here. Two is there. Three is far. Four is near.", "a.txt")
    for number, code in ((4, "doubtful"), (1, "refuted"), (2, "plausible"), (3, "contested")):
        shell("tag", "1", "--statement", str(number), code)
    shell("--annotator", "ben", "tag", "1", "--statement", "1", "corroborated")
    # The oldest first; what wants nothing is not there, nor what others owe.
    assert shell("debt") == 1
    lines = shell.out.splitlines()
    assert ["Four" in lines[0], "=One" in lines[1], "Three" in lines[2]] == [True] * 3
    assert "wants a note  ! doubtful: Four is near." in lines[0]
    assert "3 judgements incomplete." in shell.err
    assert shell("debt", "--json", "--wants", "evidence") == 1
    (found,) = json.loads(shell.out)
    assert (found["wants"], found["text"], found["annotator"]) == (
        ["evidence:refutes"],
        "=One is here.",
        "ana",
    )
    assert (found["article"]["uid"], found["tag"]["code"]) == (uid, "refuted")
    assert shell("debt", "--by", "any", "--json") == 1
    assert [item["annotator"] for item in json.loads(shell.out)] == ["ana", "ana", "ana", "ben"]
    assert shell("debt", "--by", "ben", "--limit", "5", "--json") == 1
    assert len(json.loads(shell.out)) == 1
    assert shell("debt", "--by", "nobody") == 2
    assert shell("debt", "--csv", "--spreadsheet") == 1
    rows = list(csv.DictReader(io.StringIO(shell.out.removeprefix("\ufeff"), newline="")))
    assert [(row["wants"], row["tag"], row["text"]) for row in rows] == [
        ("note", "doubtful", "Four is near."),
        ("evidence:refutes", "refuted", "'=One is here."),
        ("relation", "contested", "Three is far."),
    ]
    # A note, and evidence, pay.
    shell("tag", "1", "--statement", "4", "doubtful", "--note", "who says so?")
    with Library(shell.folder / "library.db") as library:
        at = "2024-01-01T00:00:00.000Z"
        (there,) = library.connection.execute(
            "SELECT highlight_uid FROM judgement WHERE code = 'refuted'"
        ).fetchone()
        ana = library.annotators.find("ana")
        for table, values in (
            ("evidence (uid, annotator_uid, created_at, updated_at, rev)", ("e", ana, at, at, 1)),
            (
                "evidence_link (uid, evidence_uid, highlight_uid, stance, created_at, updated_at,"
                " rev)",
                ("l", "e", there, "refutes", at, at, 1),
            ),
        ):
            marks = ", ".join("?" * len(values))
            library.connection.execute(f"INSERT INTO {table} VALUES ({marks})", values)
    assert shell("debt", "--json") == 1
    assert [item["wants"] for item in json.loads(shell.out)] == [["relation"]]


def test_a_debt_is_as_old_as_its_tag(shell):
    shell.add("One is here. Two is there.", "a.txt")
    for number in ("1", "2"):
        shell("tag", "1", "--statement", number, "doubtful")

    def owed() -> list[tuple[str, str]]:
        assert shell("debt", "--json") == 1
        return [(item["text"], item["since"]) for item in json.loads(shell.out)]

    before = owed()
    assert [text for text, _ in before] == ["One is here.", "Two is there."]
    more = ("--confidence", "low", "--likelihood", "30")
    assert shell("tag", "1", "--statement", "1", "doubtful", *more) == 0
    assert owed() == before
    # Another tag is a judgement of now; taken back, it is as old as it was.
    assert shell("tag", "1", "--statement", "1", "refuted") == 0
    assert shell("tag", "1", "--statement", "1", "refuted", *more) == 0
    assert [text for text, _ in owed()] == ["Two is there.", "One is here."]
    assert owed()[1][1] > before[1][1]
    assert shell("undo", "1") == shell("undo", "1") == 0
    assert owed() == before
    told = [shell("export", "markdown", "1"), shell.out]
    assert shell("tag", "1", "--statement", "1", "--remove", "doubtful") == 0
    assert shell("undo", "1") == 0
    assert owed() == before
    times = []
    with Library(shell.folder / "library.db") as library:
        for (uid,) in library.connection.execute("SELECT uid FROM highlight ORDER BY start"):
            (clock,) = library.connection.execute(
                "SELECT max(clock) FROM op JOIN judgement ON entity_uid = judgement.uid"
                " WHERE highlight_uid = ? AND kind = 'tag' AND op.summary NOT LIKE '%refuted%'"
                " AND json_type(patch, '$.value') = 'object'",
                (uid,),
            ).fetchone()
            times.append((library.judged.last_on(uid), clock_time(clock)))
    assert [said for said, _ in times] == [made for _, made in times]  # its confidence, too
    assert told == [shell("export", "markdown", "1"), shell.out]
