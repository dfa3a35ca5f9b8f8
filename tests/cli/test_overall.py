"""``label``, ``note``, ``verdict``: what is said of an article as a whole."""

import io
import sys

from tests.cli.shell import STORY


def test_labels_are_put_on_taken_off_listed_and_found(shell):
    shell.add()
    shell.add("Another\n\nWith words.\n", "b.txt")
    assert shell("label", "1") == 0
    assert (shell.out, "No labels." in shell.err) == ("", True)
    assert shell.json("label", "1", "to do", "Climate, weather")["labels"] == [
        "Climate",
        "to do",
        "weather",
    ]
    assert shell.json("label", "1", "CLIMATE", "--remove", "Weather")["labels"] == [
        "Climate",
        "to do",
    ]
    shell("label", "2", "climate")
    assert shell.json("label") == [
        {"label": "Climate", "articles": 2},
        {"label": "to do", "articles": 1},
    ]
    assert shell("label") == 0
    assert shell.out.split() == ["Climate", "2", "to", "do", "1"]
    (found,) = shell.json("list", "to do")
    assert found["labels"] == ["Climate", "to do"]
    shell("list")
    assert "[Climate, to do]" in shell.out
    shell("show", "1")
    assert "labels: Climate, to do" in shell.out
    assert shell("undo", "1") == 0
    assert "label weather off" in shell.out
    assert shell.json("label", "1")["labels"] == ["Climate", "to do", "weather"]
    assert shell("label", "1", "x" * 61) == 2
    assert shell("label", "1", "esc\x1bape") == 2
    assert shell("label", "9", "x") == 2


def test_a_note_on_the_article_is_written_printed_and_taken_away(shell, monkeypatch):
    shell.add()
    assert shell.json("note", "1")["note"] is None
    assert shell("note", "1", "as a whole\nweak") == 0
    assert shell.out == "as a whole\nweak\n"
    stdin = io.TextIOWrapper(io.BytesIO("piped ü\n".encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert shell.json("note", "1", "-")["note"] == "piped ü"
    shell("show", "1")
    assert "ana: piped ü" in shell.out
    assert shell("note", "1", "") == 0
    assert shell.json("note", "1")["note"] is None
    shell("undo", "1")
    assert shell.json("note", "1")["note"] == "piped ü"


def test_a_verdict_is_given_qualified_replaced_and_taken_off(shell):
    shell.add()
    assert shell("verdict", "1") == 0
    assert "No verdict." in shell.err
    assert shell("verdict", "1", "doubtful", "--likelihood", "likely") == 0
    assert shell.out == "! doubtful · 68 % (likely)\n"
    assert "incomplete: doubtful wants a note" in shell.err
    assert shell("verdict", "1", "--reason", "one source only", "--confidence", "low") == 0
    assert "confidence low · 68 % (likely) · one source only" in shell.out
    assert "incomplete" not in shell.err
    assert shell("verdict", "1", "refuted") == 0
    ((verdict,),) = (entry["verdicts"] for entry in shell.json("list", "verdict:refuted"))
    assert (verdict["code"], verdict["symbol"]) == ("refuted", "✗")
    shell("list")
    assert "✗ refuted" in shell.out
    (given,) = shell.json("verdict", "1")["verdicts"]
    assert (given["code"], given["confidence"], given["reason"]) == ("refuted", "low", None)
    assert given["likelihood_pct"] is None
    shell("verdict", "1", "half-true", "--codebook", "verdict-6")
    article = shell.json("show", "1")["article"]
    assert article["labels"] == []
    (said,) = article["overall"]
    assert said["annotator"] == "ana"
    assert [item["code"] for item in said["verdicts"]] == ["refuted", "half-true"]
    assert shell("verdict", "1", "--remove") == 0
    assert [item["code"] for item in shell.json("verdict", "1")["verdicts"]] == ["half-true"]
    assert shell("undo", "1") == 0
    assert len(shell.json("verdict", "1")["verdicts"]) == 2
    for words in (["nothing"], ["--remove", "doubtful"], ["refuted", "doubtful"]):
        assert shell("verdict", "1", *words) == 2, words
    assert shell("verdict", "1", "--remove", "--reason", "x") == 2


def test_two_people_have_a_verdict_each(shell):
    shell.add(STORY)
    shell("verdict", "1", "refuted")
    shell("--annotator", "ben", "verdict", "1", "plausible")
    said = shell.json("show", "1")["article"]["overall"]
    assert [(one["annotator"], one["verdicts"][0]["code"]) for one in said] == [
        ("ana", "refuted"),
        ("ben", "plausible"),
    ]
    assert shell("--annotator", "ben", "undo", "1") == 0
    assert [one["annotator"] for one in shell.json("show", "1")["article"]["overall"]] == ["ana"]


def test_a_likelihood_is_per_cent_or_a_word(shell):
    shell.add()
    for said, stored in (("70", 70), ("70%", 70), ("0", 0), ("almost certain", 97)):
        shell("tag", "1", "plausible", "--statement", "2", "--likelihood", said)
        (highlight,) = shell.json("show", "1")["highlights"]
        assert highlight["judgements"][0]["likelihood_pct"] == stored
    assert shell("tag", "1", "--statement", "2", "--likelihood", "maybe") == 2
    assert "very likely" in shell.err
