"""``refresh`` and ``changes``: an edited file, what became of the marks, and exit statuses."""

import json

from tests.cli.shell import STORY

EDITED = STORY.replace("it was safe", "it was quite safe").replace(" A witness saw cracks.", "")


def test_an_edited_file_becomes_a_new_version_and_its_marks_go_along(shell, tmp_path):
    shell.add()
    shell("tag", "1", "--quote", "The mayor said it was safe.", "plausible", "--reason", "asked")
    shell("tag", "1", "--quote", "A witness saw cracks.", "doubtful")
    shell("tag", "1", "--quote", "Nobody was hurt.", "corroborated")
    assert shell("changes", "1") == 0
    assert "there is none before it" in shell.out
    (same,) = shell.json("refresh", "1")["articles"]
    assert (same["changed"], same["highlights"]) == (False, {})
    assert shell("refresh", "1") == 0
    assert "the same text" in shell.out

    (tmp_path / "story.txt").write_text(EDITED, "utf-8")
    (done,) = shell.json("refresh", "--all")["articles"]
    assert (done["changed"], done["highlights"]) == (
        True,
        {"reworded": 1, "orphaned": 1, "kept": 1},
    )
    assert shell("changes", "1") == 1
    lines = shell.out.splitlines()
    assert lines[3] == "4 words taken out, 1 put in"
    assert lines[5:9] == [
        "≈ reworded · its words changed · + plausible · ana",
        "- The mayor said it was safe.",
        "+ The mayor said it was quite safe.",
        "",
    ]
    assert lines[9:11] == ["⌀ orphaned · ! doubtful · ana", "- A witness saw cracks."]
    assert "The mayor said it was {+quite+} safe. [-A witness saw cracks.-]" in lines

    assert shell("changes", "1", "--json") == 1
    found = json.loads(shell.out)
    assert [item["fate"] for item in found["highlights"]] == ["reworded", "orphaned", "kept"]
    first, gone, _ = found["highlights"]
    assert (first["reworded"], first["unconfirmed"]) == (True, True)
    assert first["before"]["text"] == "The mayor said it was safe."
    assert first["after"]["text"] == "The mayor said it was quite safe."
    assert first["judgements"][0]["reason"] == "asked"
    assert (gone["after"], gone["before"]["version"]) == (None, found["before"]["uid"])
    assert [row["number"] for row in (found["before"], found["after"])] == [1, 2]
    assert found["words"] == {"removed": 4, "added": 1}

    assert shell("highlights", "fate:orphaned", "fate:") == 1  # both at once
    assert shell("highlights", "fate:orphaned,unconfirmed") == 0
    assert "⌀ orphaned doubtful: A witness saw cracks." in shell.out.replace("! ", "")
    assert "≈ reworded plausible: The mayor said it was quite safe." in shell.out.replace("+ ", "")
    assert "Nobody was hurt" not in shell.out
    listed = shell.json("highlights")
    assert {item["fate"] for item in listed} == {"orphaned", "reworded", "kept"}

    total = shell.json("stats")["total"]
    assert (total["highlights"], total["orphans"]) == (2, 1)
    assert shell("stats") == 0
    assert "highlights 2, notes 0, flags 0, orphans 1 beside them" in shell.out
    assert shell("show", "1") == 0
    assert shell.out.endswith("⌀ in an earlier version only:\n    A witness saw cracks.\n")
    assert shell("undo", "1") == 0
    assert "another version" in shell.out
    assert shell("changes", "1") == 0
    assert shell("changes", "1", "--from", "1", "--to", "2") == 1
    assert shell("changes", "1", "--from", "3") == 2
    assert shell("doctor") == 0


def test_a_source_that_is_gone_changes_nothing(shell, tmp_path):
    shell.add()
    shell.add("Another\n\nWith words.\n", "b.txt")
    (tmp_path / "story.txt").unlink()
    before = shell.json("log", "1")
    assert shell("refresh", "1") == 3
    assert "does not exist" in shell.err
    assert shell("refresh", "--all") == 1
    assert "the same text" in shell.out
    assert shell("refresh", "1", "2", "--json") == 1
    first, second = json.loads(shell.out)["articles"]
    assert sorted(first) == ["error", "title", "uid"]
    assert second["changed"] is False
    assert shell.json("log", "1") == before
    assert shell("refresh") == 2


def test_details_that_changed_are_told_and_taken_on_demand(shell, tmp_path):
    words = "---\ntitle: {}\ndate: {}\n---\n\nNobody was hurt.\n"
    file = tmp_path / "a.md"
    file.write_text(words.format("Bridge safe", "2026-05-01"), "utf-8")
    assert shell("add", str(file)) == 0
    file.write_text(words.format("Bridge shut", "2026-05-02"), "utf-8")
    assert shell("refresh", "1") == 0
    assert "the title there is “Bridge shut” now" in shell.err
    (told,) = shell.json("refresh", "1")["articles"]
    assert (told["title"], told["details_taken"]) == ("Bridge safe", False)
    (done,) = shell.json("refresh", "--take-details", "1")["articles"]
    assert done["details"] == {"title": "Bridge shut", "published_at": "2026-05-02"}
    assert (done["changed"], done["details_taken"]) == (False, True)
    (listed,) = shell.json("list")
    assert (listed["title"], listed["published_at"]) == ("Bridge shut", "2026-05-02")
    (again,) = shell.json("refresh", "1", "--take-details")["articles"]
    assert (again["details"], again["details_taken"]) == ({}, False)
    assert shell("undo", "1") == 0  # title and date at once
    (listed,) = shell.json("list")
    assert (listed["title"], listed["published_at"]) == ("Bridge safe", "2026-05-01")
    assert shell("edit", "1", "--title", "My own title") == 0
    # what the page says is known, and was corrected
    assert shell.json("refresh", "1", "--take-details")["articles"][0]["details"] == {}
