"""``relate``, ``relation``, ``claims`` and ``evidence``: what the keys do, without the screen."""

import pytest

from tests.cli.shell import Shell

FIRST = "One\n\nThe bridge is safe. The mayor says so.\n"
SECOND = "Two\n\nAccording to the mayor, the bridge is safe.\n\nThe union denies that.\n"


@pytest.fixture
def shell(tmp_path, capsys) -> Shell:
    shell = Shell(tmp_path, capsys)
    shell.add(FIRST)
    shell.add(SECOND, "b.txt")
    return shell


def numbers(shell: Shell) -> tuple[str, str]:
    """The ids of the first and the second article."""
    uids = [item["uid"] for item in shell.json("list")]
    texts = {shell.json("show", uid)["text"].split()[0]: uid for uid in uids}
    return texts["One"], texts["Two"]


def test_statements_are_related_listed_changed_and_taken_back(shell):
    one, two = numbers(shell)
    arguments = ("--quote", "The bridge is safe.", "--to", two, "--to-quote", "the bridge is safe.")
    made = shell.json(
        "relate", one, "same-claim", *arguments, "--note", "hm", "--stance", "support"
    )
    assert made["type"] == "same-claim"
    (seen,) = shell.json("relation", "list", two)
    assert (seen["uid"], seen["outgoing"], seen["stance"]) == (made["uid"], False, ["support"])
    assert seen["other"]["text"] == "The bridge is safe."
    assert shell("relation", "list", one) == 0
    assert "is the same claim as [support] “the bridge is safe.”  (Two)" in shell.out
    assert "    hm" in shell.out
    short = made["uid"][:-4]
    assert shell("relation", "edit", short, "--type", "q", "--stance", "", "--note", "") == 0
    (seen,) = shell.json("relation", "list")
    assert (seen["type"], seen["stance"], seen["note"]) == ("quotes", [], None)
    assert shell("relation", "retract", short) == 0
    assert shell.json("relation", "list") == []
    assert shell("undo", one) == 0
    assert "taken back" in shell.out
    assert len(shell.json("relation", "list")) == 1
    assert shell("relate", one, "hates", "--statement", "2", "--to-statement", "3") == 2
    assert shell("relate", one, "about", "--statement", "2", "--to-statement", "2") == 2
    assert shell("relation", "edit", "zzz") == 2


def test_claims_are_printed_with_who_says_what_in_time_order(shell):
    one, two = numbers(shell)
    shell("edit", one, "--published", "2024-02-01", "--outlet", "Post")
    shell("edit", two, "--published", "2024-01-01", "--outlet", "Wire")
    shell("tag", one, "plausible", "--quote", "The bridge is safe.")
    shell("attribute", two, "--quote", "the bridge is safe.", "--source", "the mayor")
    here = ("--to", two, "--to-quote", "the bridge is safe.")
    shell("relate", one, "restates", "--quote", "The bridge is safe.", *here)
    shell("relate", two, "denies", "--quote", "The union denies that.", *here)
    (claim,) = shell.json("claims")
    assert claim["claim"] == "the bridge is safe."  # the earliest
    assert claim["summary"] == "2 assert, 1 denies"
    assert [(it["role"], it["belongs"], it["text"]) for it in claim["voices"]] == [
        ("asserts", True, "the bridge is safe."),
        ("denies", False, "The union denies that."),
        ("asserts", True, "The bridge is safe."),
    ]
    assert claim["voices"][0]["chain"] == ["the mayor"]
    assert [it["code"] for it in claim["voices"][2]["judgements"]] == ["plausible"]
    assert shell.json("claims", one) == shell.json("claims", two) == [claim]
    assert shell("claims") == 0
    assert "2024-01-01  asserts      ·  the mayor > [Wire]" in shell.out
    assert "2024-02-01  asserts      +  Post" in shell.out


def test_evidence_is_added_used_edited_unlinked_and_deleted(shell):
    one, two = numbers(shell)
    place = ("--quote", "The bridge is safe.")
    made = shell.json(
        "evidence", "add", one, "refutes", *place, "--citation", "Report 7", "--url",
        "https://example.org/7", "--accessed", "2024-03-01", "--tag", "refuted",
    )  # fmt: skip
    assert (made["citation"], made["accessed_at"]) == ("Report 7", "2024-03-01")
    (highlight,) = shell.json("show", one)["highlights"]
    (judgement,) = highlight["judgements"]
    assert (judgement["code"], judgement["incomplete"]) == ("refuted", False)
    assert judgement["because"] == [made["uid"]]
    assert shell("export", "markdown", one) == 0
    assert "because of: Report 7" in shell.out.replace("*", "")
    assert shell("verdict", one, "refuted") == 0
    assert "incomplete" not in shell.err  # it rests on the evidence for the statements
    assert shell("verdict", two, "refuted") == 0
    assert "incomplete: refuted wants evidence that refutes" in shell.err
    assert not shell.json("verdict", one)["verdicts"][0]["incomplete"]
    uid = made["uid"]
    other = ("--quote", "the bridge is safe.")
    assert shell("evidence", "use", uid, two, "context", *other) == 0
    assert shell("evidence", "edit", uid, "--citation", "Report 7, page 3", "--url", "") == 0
    (seen,) = shell.json("evidence", "list")
    assert (seen["citation"], seen["url"], seen["statements"]) == ("Report 7, page 3", None, 2)
    assert shell("evidence", "list", two) == 0
    assert "context: Report 7, page 3" in shell.out
    assert shell("evidence", "unlink", uid, two, *other) == 0
    assert shell.json("evidence", "list", two) == []
    assert shell("undo", two) == 0
    assert len(shell.json("evidence", "list", two)) == 1
    assert shell("evidence", "delete", uid) == 0
    assert shell.json("evidence", "list") == []
    assert shell("undo") == 0
    assert shell.json("evidence", "list")[0]["statements"] == 2
    assert shell("evidence", "add", one, "refutes", *place, "--url", "file:///etc/passwd") == 2
    assert shell("evidence", "add", one, "proves", *place, "--citation", "x") == 2
    assert shell("doctor") == 0
