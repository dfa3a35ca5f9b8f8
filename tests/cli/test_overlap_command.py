"""``overlap``: what it prints, as text, JSON and CSV, and its exit status."""

import csv
import io
import json

from tests.services.shared_passages import ELSE, PAPER, REPAIR, SAID, WIRE


def test_overlap_prints_passages_of_one_article_or_of_all(shell):
    wire = shell.add(WIRE, "wire.txt", "--title", "=Wire", "--published", "2024-02-01")
    shell.add("Nothing of this stands elsewhere, as far as anybody knows.", "alone.txt")
    assert shell("overlap") == 1
    assert (shell.out, "No passage stands" in shell.err) == ("", True)
    paper = shell.add(PAPER, "paper.txt", "--title", "Paper", "--published", "2024-02-02")
    assert shell("overlap", "1") == 0
    lines = shell.out.splitlines()
    assert lines[0].startswith("=Wire (2024-02-01 · ")
    assert lines[1] == "  55 words (9 % | 74 %); the first is earlier (published)"
    kinds = [line.split()[0] for line in lines[2:]]
    assert kinds == ["copied", "copied", "there:", "quoted", "there:"]  # both where they differ
    assert lines[3].endswith(REPAIR.format("seven"))
    assert lines[4] == f"    there: {REPAIR.format('nine')}"
    # JSON: offsets into both texts, the shared words, quotations told apart.
    (found,) = shell.json("overlap", "3")
    assert (found["article"]["uid"], found["other"]["uid"]) == (paper, wire)
    assert (found["earlier"], found["earlier_by"]) == ("other", "published")
    assert (found["shared_words"], found["quoted_words"]) == (55, 13)
    texts = [shell.json("show", number)["text"] for number in ("3", "1")]
    for passage in found["passages"]:
        assert texts[0][passage["start"] : passage["end"]] == passage["text"]
        assert texts[1][passage["other_start"] : passage["other_end"]] == passage["other_text"]
        ours = [texts[0][start:end] for start, end in passage["shared"]]
        assert ours == [texts[1][start:end] for start, end in passage["other_shared"]]
    first = found["passages"][0]
    assert (first["text"], first["other_text"]) == (REPAIR.format("nine"), REPAIR.format("seven"))
    assert [passage["quotation"] for passage in found["passages"]] == [False, True, False]
    # All articles: each pair once, the earlier one as the other.
    shell.add(ELSE, "else.txt")
    pairs = shell.json("overlap")
    assert [pairs[0][which]["title"] for which in ("article", "other")] == ["Paper", "=Wire"]
    assert len(pairs) == 3
    assert all(pair["passages"][0]["quotation"] for pair in pairs[1:])
    # CSV: a row for each passage.
    assert shell("overlap", "--csv") == 0
    rows = list(csv.DictReader(io.StringIO(shell.out.removeprefix("\ufeff"), newline="")))
    assert len(rows) == 5
    assert (rows[0]["text"], rows[0]["other_title"]) == (REPAIR.format("nine"), "=Wire")
    assert (rows[1]["quotation"], rows[0]["quotation"]) == ("true", "false")
    assert rows[1]["text"].startswith(SAID)
    assert shell("overlap", "3", "--csv", "--spreadsheet") == 0
    assert '"\'=Wire"' in shell.out
    # What does not go together, what is not there, and nothing.
    assert shell("overlap", "--csv", "--json") == 2
    assert shell("overlap", "--spreadsheet") == 2
    assert shell("overlap", "99") == 2
    assert shell("overlap", "2", "--json") == 1
    assert json.loads(shell.out) == []
    assert shell("overlap", "2", "--rebuild") == 1
