"""``list`` and ``edit``: the list of articles in the shell, and what is changed in it."""

import csv
import json

import pytest

from reader.cli import output
from tests.cli.shell import Shell


def test_edited_listed_filtered_exported_and_taken_back(shell: Shell, tmp_path) -> None:
    shell.add()
    shell.add("Another story.\n\nWith words.\n", "b.txt")
    shell("tag", "1", "--statement", "1", "doubtful")
    details = ("--title", " New  title ", "--outlet", "The Post", "--published", "2024-05")
    assert shell("edit", "1", *details, "--status", "done") == 0
    assert shell.out == "changed: title, outlet, published_at, done\n"
    (entry,) = shell.json("list", "status:done", "outlet:post", "published:2024")
    assert (entry["title"], entry["status"], entry["n"]) == ("New title", "done", 1)
    assert [e["n"] for e in shell.json("list", "tag:doubtful")] == [1]
    assert [e["n"] for e in shell.json("list", "--sort", "added", "--reverse")] == [1, 2]
    assert shell("list", "--json", "--", "-tag:doubtful") == 0
    assert [e["n"] for e in json.loads(shell.out)] == [2]
    shell("export", "csv", "--output", str(tmp_path / "h.csv"))
    with (tmp_path / "h.csv").open(newline="") as stream:
        assert "New title" in next(csv.DictReader(stream)).values()
    assert shell("edit", "1", "2", "--status", "archived") == 0
    assert "changed: archived × 2" in shell.out
    assert shell.json("list") == []
    assert [e["status"] for e in shell.json("list", "status:archived")] == ["archived"] * 2
    assert shell("undo") == 0
    assert "archived × 2" in shell.out
    assert sorted(e["status"] for e in shell.json("list")) == ["done", "unread"]
    assert shell("undo") == 0
    (entry,) = shell.json("list", "tag:doubtful")
    assert (entry["title"], entry["outlet"], entry["status"]) == (
        "Storm closes the bridge",
        None,
        "reading",
    )
    assert shell("redo") == 0
    assert shell.json("edit", "1", "--outlet", "The Post")["changed"] == 0
    assert shell("log", "--json") == 0
    groups = {op["group"]: op["kind"] for op in json.loads(shell.out)}
    assert list(groups.values()).count("details") == 1
    assert shell("list") == 0
    assert "New title" in shell.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("list", "colour:red"), "There is no field"),
        (("list", "added:soon"), "is no time"),
        (("edit", "1"), "nothing to change"),
        (("edit", "1", "--published", "last week"), "is no date"),
        (("edit", "1", "--url", "javascript:alert(1)"), "no web address"),
        (("edit", "1", "--title", "x" * 2001), "longer than"),
        (("edit", "7", "--title", "x"), "no article 7"),
    ],
)
def test_refused_and_nothing_changed(shell: Shell, words, said) -> None:
    shell.add()
    shell("log", "--json")
    before = shell.out
    assert shell(*words) == 2
    assert said in shell.err
    shell("log", "--json")
    assert shell.out == before


def test_a_title_keeps_half_of_the_terminal_and_no_line_is_wider(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "City tram collides with delivery van at the Harbour Street crossing"
    shell.add()
    shell("edit", "1", "--title", title, "--outlet", "The Specimen Review")
    shell("label", "1", "accident", "transport")
    assert shell("verdict", "1", "doubtful") == 0
    for width in (80, 60, 40):
        monkeypatch.setattr(output, "terminal_width", lambda width=width: width)
        shell("list")
        line = shell.out.rstrip("\n")
        assert title[: width // 2 - 1] in line
        assert len(line) <= width
        assert ("doubtful" in line) == (width > 40)
