"""The commands, through click, in a library of their own."""

import json

import click
import pytest

from reader.cli import COMMANDS, articles
from reader.cli.main import cli, run
from reader.formats.registry import FORMATS
from tests.cli.shell import STORY


def commands(group: click.Group, path: tuple[str, ...] = ()):
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


def test_the_words_that_choose_the_command_line_are_its_commands():
    assert sorted(COMMANDS) == sorted(cli.commands)


@pytest.mark.parametrize(("path", "command"), list(commands(cli)), ids=lambda v: str(v))
def test_every_command_and_option_has_help(path, command, shell):
    assert command.help
    assert command.help.strip().endswith(".")
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert parameter.help, (path, parameter.name)
    first = command.help.split("\n")[0]
    assert len(first) <= 62, f"the list of commands would cut it: {first}"
    assert shell(*path, "--help") == 0
    assert "Usage: reader" in shell.out


def test_add_prints_id_title_and_statements_and_again_says_it_is_there(shell):
    path = shell.folder / "story.txt"
    path.write_text(STORY, "utf-8")
    assert shell("add", str(path)) == 0
    uid, title, rest = shell.out.split("  ", 2)
    assert (len(uid), title) == (36, "Storm closes the bridge")
    assert rest.strip() == "4 statements"
    assert shell("add", str(path)) == 0
    assert "was there already" in shell.out
    assert shell.json("add", str(path))["articles"][0]["new"] is False


def test_add_goes_on_after_a_file_that_cannot_be_read(shell):
    good = shell.folder / "good.txt"
    good.write_text(STORY, "utf-8")
    assert shell("add", str(shell.folder / "missing.txt"), str(good)) == 1
    assert "missing.txt does not exist" in shell.err
    assert "4 statements" in shell.out
    assert shell("add", str(shell.folder / "missing.txt")) == 3


def test_add_takes_metadata_for_one_article(shell):
    shell.add(STORY, "a.txt", "--title", "T", "--outlet", "The Post", "--published", "2024-02-01")
    (entry,) = shell.json("list")
    assert (entry["title"], entry["outlet"], entry["published_at"]) == (
        "T",
        "The Post",
        "2024-02-01",
    )
    assert shell("add", "x", "y", "--title", "T") == 2
    assert shell("add", str(shell.folder / "a.txt"), "--published", "16.5.2017") == 2
    assert "16.5.2017 is no date" in shell.err


def test_adding_again_with_other_details_says_that_they_are_left(shell):
    path = shell.folder / "story.txt"
    shell.add()
    assert shell("add", "--title", "T", "--outlet", "O", str(path)) == 0
    assert "its title and outlet were left as they were" in shell.err
    (result,) = shell.json("add", "--title", "T", str(path))["articles"]
    assert result["title"] == "Storm closes the bridge"
    assert result["warnings"] == [
        "The article is in the library already; its title was left as it was."
    ]
    assert shell("add", "--title", "Storm closes the bridge", str(path)) == 0
    assert shell.err == ""


def test_an_article_without_a_title_is_shown_by_its_first_words(shell):
    shell.add("The mayor said it was safe. A witness saw cracks.\n")
    assert shell("show", "1") == 0
    assert shell.out.splitlines()[0] == "The mayor said it was safe. A witness saw cracks."


def test_undo_says_on_what_and_how_to_do_it_again(shell):
    shell.add()
    shell("tag", "1", "doubtful", "--statement", "2")
    for command, said, back in (("undo", "undone", "redo"), ("redo", "redone", "undo")):
        assert shell(command, "1") == 0
        assert shell.out == f"{said}: ! doubtful on “The mayor said it was safe.”, article 1\n"
        assert f"`reader {back} 1`" in shell.err


def test_what_was_exported_is_counted_in_the_right_number(shell):
    shell.add()
    shell("tag", "1", "doubtful", "--statement", "2")
    assert shell("export", "csv", "-o", str(shell.folder / "a.csv")) == 0
    assert shell.err.startswith("1 row of 1 article written to ")


def test_rows_of_a_missing_article_are_told_once_with_its_name(shell, tmp_path):
    shell.add()
    shell.add("The mayor said it was safe. A witness saw cracks.\n", "b.txt")
    for article, statement in (("1", "2"), ("1", "3"), ("1", "4"), ("2", "1")):
        shell("tag", article, "doubtful", "--statement", statement)
    path = str(tmp_path / "a.csv")
    shell("export", "csv", "-o", path)
    other = ["--db", str(tmp_path / "other.db")]
    assert shell("import", "csv", *other, path) == 1
    assert shell.err.splitlines() == [
        "3 rows not placed: the article is not in the library: Storm closes the bridge",
        "1 row not placed: the article is not in the library: an article without a title,"
        " with the words “The mayor said it was safe.”",
        "  Add them first: reader add FILE. Then import again.",
    ]
    assert shell("import", "csv", *other, path, "--json") == 1
    report = json.loads(shell.out)
    assert report["missing"]["Storm closes the bridge"] == 3
    assert [problem["line"] for problem in report["problems"]] == [2, 7, 13, 17]


def test_a_fault_of_many_rows_is_told_once(shell, tmp_path):
    shell.add("\n\n".join(f"Statement {n} is here." for n in range(9)))
    for statement in range(1, 9):
        shell("tag", "1", "doubtful", "--statement", str(statement))
    path = tmp_path / "a.csv"
    shell("export", "csv", "-o", str(path))
    path.write_text(path.read_text("utf-8-sig").replace("doubtful", "dubious"), "utf-8")
    assert shell("import", "csv", str(path)) == 1
    (line,) = shell.err.splitlines()
    assert line.startswith("lines 2, 7, 14, 23, 32 and 3 more: ")


def test_a_codebook_that_is_not_there_is_answered_with_those_there_are(shell):
    for name in ("nowhere", "nosuch.toml"):
        assert shell("tag", "--codebook", name, shell.add(), "x", "--statement", "1") == 2
        assert name in shell.err
        assert "credibility-7" in shell.err
        assert "reader codebook list" in shell.err


@pytest.mark.parametrize(("ms", "said"), [(0, "0"), (1, "<1"), (59_999, "<1"), (150_000, "2")])
def test_minutes(ms, said):
    assert articles._minutes(ms) == said


def test_a_file_that_has_changed_is_another_article_and_it_is_said(shell):
    first = shell.add()
    path = shell.folder / "story.txt"
    path.write_text(STORY + "\nMore.\n", "utf-8")
    assert shell("add", str(path)) == 0
    assert first in shell.err
    assert "has changed" in shell.err


def test_list_filters_and_sorts(shell):
    shell.add("Alpha story\n\nText one.", "a.txt")
    shell.add("Beta story\n\nText two.", "b.txt")
    assert [e["n"] for e in shell.json("list", "--sort", "title")] == [1, 2]
    assert [e["title"] for e in shell.json("list", "beta", "STORY")] == ["Beta story"]
    assert shell("list", "nothing-like-it") == 0
    assert shell.out == ""


def test_tag_and_show_and_stats(shell):
    uid = shell.add()
    assert shell("tag", "1", "doubtful", "--statement", "2", "--note", "why?") == 0
    highlight = shell.out.strip()
    assert shell("tag", uid[:8], "corroborated", "--quote", "Nobody  was hurt.") == 0
    assert "corroborated wants evidence" in shell.err
    document = shell.json("show", "1")
    assert document["article"]["characters"] == len(document["text"])
    assert [s["n"] for s in document["statements"]] == [1, 2, 3, 4]
    for part in (*document["statements"], *document["highlights"]):
        assert document["text"][part["start"] : part["end"]] == part["text"]
    first = document["highlights"][0]
    assert (first["uid"], first["note"], first["annotator"]) == (highlight, "why?", "ana")
    judgement = first["judgements"][0]
    assert (judgement["code"], judgement["rank"], judgement["incomplete"]) == (
        "doubtful",
        -1,
        False,
    )
    assert shell("show", "1") == 0
    assert '!"     2  The mayor said it was safe.' in shell.out
    stats = shell.json("stats")
    assert (stats["total"]["judged"], stats["total"]["statements"]) == (2, 4)
    assert {tag["code"]: tag["count"] for tag in stats["total"]["tags"]} == {
        "corroborated": 1,
        "doubtful": 1,
    }
    assert shell("stats") == 0
    assert "judged 2 of 4 statements (50 %)" in shell.out


def test_tag_says_more_replaces_and_takes_off_in_one_action_each(shell):
    shell.add()
    where = ("tag", "1", "--span", "25:52")
    assert (
        shell(*where, "doubtful", "--confidence", "low", "--likelihood", "20", "--reason", "r") == 0
    )
    assert shell(*where, "--confidence", "high") == 0
    (judgement,) = shell.json("show", "1")["highlights"][0]["judgements"]
    assert (judgement["confidence"], judgement["likelihood_pct"]) == ("high", 20)
    assert shell(*where, "plausible") == 0
    (judgement,) = shell.json("show", "1")["highlights"][0]["judgements"]
    assert judgement["code"] == "plausible"
    assert (judgement["confidence"], judgement["reason"]) == ("high", None)
    assert shell(*where, "plausible", "--remove") == 0
    assert "deleted" in shell.err
    assert shell.json("show", "1")["highlights"] == []
    assert shell.json("undo", "1") == {"undone": "delete highlight"}
    assert shell("undo", "1") == 0
    (judgement,) = shell.json("show", "1")["highlights"][0]["judgements"]
    assert (judgement["code"], judgement["reason"]) == ("doubtful", "r")
    assert shell("redo", "1") == 0
    assert shell("redo", "1") == 0
    assert shell("redo", "1") == 1


def test_a_tag_without_anything_is_a_plain_highlight_that_remove_deletes(shell):
    shell.add()
    assert shell("tag", "1", "--statement", "1") == 0
    assert shell("tag", "1", "--statement", "1", "--remove") == 0
    assert shell.json("show", "1")["highlights"] == []


@pytest.mark.parametrize(
    "words",
    [
        ("doubtful",),
        ("doubtful", "--statement", "9"),
        ("nonsense", "--statement", "1"),
        ("doubtful", "plausible", "--statement", "1"),
        ("doubtful", "--quote", "not there"),
        ("doubtful", "--quote", "a"),
        ("doubtful", "--span", "5:5"),
        ("doubtful", "--span", "5-9"),
        ("doubtful", "--span", "0:9999"),
        ("doubtful", "--span", f"0:{'9' * 5_000}"),
        ("doubtful", "--statement", "1", "--quote", "Nobody"),
        ("doubtful", "--statement", "1", "--likelihood", "101"),
        ("doubtful", "--statement", "1", "--remove"),
        ("--statement", "1", "--confidence", "low"),
        ("other:doubtful", "--statement", "1"),
        ("doubtful", "--statement", "1", "--codebook", "nowhere"),
    ],
)
def test_wrong_use_of_tag_changes_nothing(shell, words):
    shell.add()
    assert shell("tag", "1", *words) == 2
    assert shell.err
    assert shell.json("show", "1")["highlights"] == []


def test_the_log_tells_who_did_what(shell):
    uid = shell.add()
    shell("tag", "1", "doubtful", "--statement", "1")
    shell("undo", "1")
    operations = shell.json("log", uid)
    assert [op["kind"] for op in operations] == ["capture", "tag", "tag", "undo", "undo"]
    assert {op["annotator"] for op in operations} == {"ana"}
    assert operations[3]["undoes"] == operations[1]["group"]
    assert shell("log", "1") == 0
    assert len(shell.out.splitlines()) == 3
    assert "ana  tag  ! doubtful on “" in shell.out
    assert "” (2 changes)" in shell.out
    assert shell("log") == 0
    assert len(shell.out.splitlines()) == 4


def test_undo_has_the_scope_of_an_article(shell):
    shell.add("Alpha story\n\nText one.", "a.txt")
    shell.add("Beta story\n\nText two.", "b.txt")
    shell("tag", "1", "doubtful", "--statement", "1")
    assert shell("undo", "2") == 1
    assert shell("undo") == 1
    assert shell("undo", "1") == 0


def test_an_unknown_article_is_wrong_use_also_as_json(shell):
    assert shell("show", "7") == 2
    assert "Wrong use: There is no article 7" in shell.err
    assert shell("show", "7", "--json") == 2
    error = json.loads(shell.err)["error"]
    assert set(error) == {"title", "message", "hint"}
    assert shell.out == ""


def test_a_mistake_on_the_command_line_is_wrong_use(shell):
    assert shell("list", "--sort", "size") == 2
    assert "reader list --help" in shell.err
    assert shell("show") == 2
    assert shell("nonsense") == 2
    assert shell("export") == 2


def test_codebooks_are_listed_shown_and_checked(shell):
    books = shell.json("codebook", "list")
    assert books[0]["id"] == "credibility-7"
    assert books[0]["active"]
    assert shell("codebook", "show", "credibility-7") == 0
    assert "corroborated" in shell.out
    assert "wants evidence" in shell.out
    shown = shell.json("codebook", "show", "verdict-6")
    assert [tag["key"] for tag in shown["facets"][0]["tags"]][-1] == "0"
    path = shell.folder / "mine.toml"
    path.write_text("format = 1", "utf-8")
    assert shell("codebook", "check", str(path)) == 2
    assert "Codebook refused" in shell.err
    assert shell("codebook", "list") == 0


def test_keys_prints_the_table_that_it_is_given(shell, capsys):
    rows = [
        ("Reading", "j ↓", "next", "Go on.", "statement.next"),
        ("Reading", "", "annotator", "Say who.", "annotator"),
        ("Panel", "k", "up", "Go back.", "panel.previous"),
    ]
    assert run(["keys"], lambda settings: (rows, ["see there"])) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == ["Reading", "  j ↓  next  Go on.", "Panel", "  k  up  Go back."]
    assert said.err == "note: see there\n"
    assert run(["keys", "--ids"], lambda settings: (rows, [])) == 0
    assert "annotator" in capsys.readouterr().out
    assert run(["keys", "--json"], lambda settings: (rows, [])) == 0
    assert json.loads(capsys.readouterr().out)[2]["id"] == "panel.previous"


def test_path_says_where_things_are(shell):
    found = shell.json("path")
    assert found["database"] == str(shell.folder / "library.db")
    assert set(found) == {"database", "settings", "codebooks"}


def test_global_options_may_stand_behind_the_command(tmp_path, capsys):
    assert run(["path", "--json", "--db", str(tmp_path / "other.db")]) == 0
    assert json.loads(capsys.readouterr().out)["database"] == str(tmp_path / "other.db")


def test_every_format_has_its_commands():
    found = {" ".join(path) for path, _ in commands(cli)}
    for item in FORMATS:
        assert (f"export {item.id}" in found) == item.writes
        assert (f"import {item.id}" in found) == item.reads
