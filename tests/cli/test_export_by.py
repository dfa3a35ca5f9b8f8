"""``--by``: exports, ledger and debt of one annotator, or of some."""

from __future__ import annotations

import csv
import io

from reader.storage.library import Library
from tests.cli.shell import Shell
from tests.services.saying import Saying


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def _tagged(shell: Shell, who: str, statement: int, code: str, *more: str) -> str:
    options = ("--statement", str(statement), code, *more, "--annotator", who, "--json")
    assert shell("tag", "1", *options) == 0, shell.err
    return shell.out.split('"uid": "')[1].split('"')[0]


def test_exports_are_of_those_who_are_named(shell: Shell) -> None:
    shell.add()
    mine = _tagged(shell, "ana", 2, "contested", "--note", "mine")
    assert _tagged(shell, "ana", 2, "contested", "--confidence", "low") == mine
    assert shell("undo", "1") == 0
    theirs = _tagged(shell, "Ben", 2, "doubtful", "--note", "of Ben's own")
    _tagged(shell, "Ben", 4, "plausible")
    _tagged(shell, "cleo", 3, "refuted")
    for who, code in (("ana", "half-true"), ("Ben", "false")):
        assert shell("verdict", "1", code, "--codebook", "verdict-6", "--annotator", who) == 0
    with Library(shell.folder / "library.db") as library:
        ana, ben = library.annotators.find("ana"), library.annotators.find("Ben")
        Saying(library, ana or "").relate(mine, "denies", theirs)
        Saying(library, ben or "").relate(mine, "supports", theirs, "so says Ben")

    counted = shell.json("stats", "1", "--by", "any")
    assert [(it["annotator"], it["total"]["judged"]) for it in counted] == [
        ("Ben", 2), ("ana", 1), ("cleo", 1)]  # fmt: skip
    assert shell.json("stats", "1")["total"]["judged"] == 1  # one's own, not in a list
    assert shell("stats", "1", "--by", "ben") == 0
    assert shell.out.startswith("== Ben\n")
    assert "time" not in shell.out  # it is known where one reads only
    assert shell("highlights", "by:any") == 0
    assert "! doubtful (Ben): " in shell.out  # whose it is
    assert "⇄ contested: " in shell.out

    def exported(*words: str) -> list[dict[str, str]]:
        assert shell("export", "csv", *words) == 0, shell.err
        return _rows(shell.out)

    everything = exported()
    assert [row["annotator"] for row in everything] == ["ana", "Ben", "cleo", "Ben"]
    assert "so says Ben" in everything[0]["relations"]
    (row,) = exported("--by", "ana")
    assert (row["tag"], row["note"], row["incomplete"]) == ("contested", "mine", "false")
    assert row["relations"] == f"denies:{theirs}"
    for name in ("ben", (ben or "")[:13]):  # a handle in any case, or the beginning of an id
        found = exported("1", "--by", name)
        assert [row["tag"] for row in found] == ["doubtful", "plausible"]
    assert exported("--by", "any") == everything
    two = exported("--by", "cleo", "--by", "ana", "--all-statements")
    assert [(row["statement"], row["annotator"]) for row in two] == [
        *(("1", ""), ("2", "ana"), ("3", "cleo"), ("4", "")),
    ]
    assert shell("export", "csv", "--by", "dora") == 2
    assert "Known are Ben, ana, cleo" in shell.err

    assert shell("export", "markdown") == 0, shell.err
    assert "   - relation: denies no. 2 “The mayor said it was safe.”\n" in shell.out
    theirs_too = "   - relation: supports no. 2 “The mayor said it was safe.” (Ben): so says Ben\n"
    assert theirs_too in shell.out  # on ana's highlight
    assert "denied by no. 1 “The mayor said it was safe.” (ana)\n" in shell.out
    assert shell("export", "markdown", "--by", "ana", "--history") == 0, shell.err
    assert "ana (1)" in shell.out
    assert "confidence low (taken back)" in shell.out
    for word in ("Ben", "cleo", "doubtful\n", "⟦²"):
        assert word not in shell.out, shell.out
    assert shell("export", "markdown", "--by", "BEN") == 0
    assert "Ben (2)" in shell.out
    assert "of Ben" in shell.out
    assert "contested" in shell.out  # the legend has it
    assert "mine" not in shell.out

    assert shell("debt", "--by", "ben", "--by", "cleo", "--csv") == 1
    assert {row["annotator"] for row in _rows(shell.out)} == {"cleo"}
    # Who was joined into somebody is that one, by either name.
    assert shell("annotator", "join", "cleo", "Ben") == 0, shell.err
    assert exported("--by", "cleo") == exported("--by", "Ben")
    assert len(exported("--by", "cleo")) == 3
    assert shell.json("ledger", "--annotator", "cleo")["statements"] == 3
    assert shell.json("list", "by:cleo") == shell.json("list", "by:ben")
    assert shell("highlights", "by:cleo") == 0
    assert shell.out.count("\n  ") == 3
