"""``ledger``: who says what, as a table, JSON and CSV, of articles or the library."""

import csv
import io

from tests.cli.attributed_library import attributed


def test_ledger_has_a_row_for_each_source(shell):
    assert shell("ledger") == 0
    assert (shell.out, "0 statements" in shell.err) == ("", True)
    attributed(shell)
    assert shell("ledger") == 0
    lines = [line.split() for line in shell.out.splitlines()]
    assert lines[0][:3] == ["source", "naming", "statements"]
    assert lines[1][:2] == ["=Board", "named"]
    assert lines[1][2:] == ["3", "67", "%", "33", "%", "1", "+1", "!2"]
    assert shell.err == (
        "6 statements: 5 with a source, 1 anonymous or agentless, 1 judged without a source.\n"
    )
    found = shell.json("ledger", "1")
    assert (found["statements"], found["with_source"]) == (5, 4)
    assert found["anonymous_or_agentless"] == found["judged_without_source"] == 1
    assert found["origins"] == {"named": 2, "anonymous": 1}
    rows = {row["source"]["name"] if row["source"] else row["row"]: row for row in found["rows"]}
    assert list(rows) == ["=Board", "Wire", "an official", "unsourced", "unknown"]
    board, wire = rows["=Board"], rows["Wire"]
    assert (board["statements"], board["origin"], board["passed_on"]) == (2, 2, 0)
    assert (board["voices"], board["said_judged"]) == ({"direct": 1, "indirect": 1}, 1)
    assert [(tag["code"], tag["count"]) for tag in board["tags"]] == [
        ("plausible", 1),
        ("doubtful", 1),
    ]
    assert (wire["statements"], wire["origin"], wire["passed_on"]) == (2, 0, 2)
    assert rows["unsourced"]["tags"][0]["code"] == "refuted"
    assert shell.json("ledger", "2")["rows"][0]["statements"] == 1
    # Merged sources are one row.
    assert shell("source", "merge", "Wire", "=Board") == 0, shell.err
    names = [row["source"]["name"] for row in shell.json("ledger")["rows"] if row["source"]]
    assert names == ["=Board", "an official"]
    assert shell("ledger", "--csv", "--spreadsheet") == 0
    told = list(csv.DictReader(io.StringIO(shell.out.removeprefix("\ufeff"), newline="")))
    assert (told[0]["source"], told[0]["statements"], told[0]["partial"]) == ("'=Board", "4", "1")
    assert told[0]["tags"] == "plausible:1 | doubtful:2"
    assert shell("ledger", "--facet", "colour") == 2
    assert shell("ledger", "--by", "nobody") == 2
