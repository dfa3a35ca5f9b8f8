"""Where several people have marked an article, each of what is printed says whose it is."""

from __future__ import annotations

from array import array

from reader.domain.operation import Change, Group, new_uid
from reader.services.annotators import told_apart
from reader.services.finding.highlights import FoundHighlights, find_highlights
from reader.storage.library import Library
from tests.cli.shell import STORY, Shell


def test_an_article_is_shown_with_the_marks_of_each(shell: Shell) -> None:
    shell.add()
    shell("tag", "1", "doubtful", "--statement", "2", "--note", "n")
    shell("show", "1")
    alone = shell.out
    assert '!"     2  The mayor said it was safe.\n' in alone
    assert "ana" not in alone
    shell("--annotator", "ben", "tag", "1", "plausible", "--statement", "2", "--flag")
    shell("--annotator", "ben", "tag", "1", "--statement", "3")
    shell("--annotator", "ben", "relate", "1", "denies", "--statement", "2", "--to-statement", "4")
    shell("show", "1")
    assert shell.out.splitlines()[2:] == [
        *("       1  Storm closes the bridge", ""),
        '!"+⚑   2  The mayor said it was safe.',
        *("          > ana: ! doubtful, note", "          > ben: + plausible, flag"),
        "          > relation: denies “Nobody was hurt.”",
        *("·      3  A witness saw cracks.", "          > ben: highlight", ""),
        *("·      4  Nobody was hurt.", "          > ben: highlight"),
        "          > relation: denied by “The mayor said it was safe.”",
    ]
    file = shell.folder / "story.txt"
    file.write_text(STORY.replace("A witness saw cracks.", "What else is there to be said of it?"))
    assert shell("refresh", "1") == 0, shell.err
    shell("show", "1")
    assert shell.out.endswith("    ben: A witness saw cracks.\n")


def test_a_list_of_highlights_names_others(shell: Shell) -> None:
    shell.add()
    shell("tag", "1", "doubtful", "--statement", "2")
    shell("--annotator", "ben", "tag", "1", "plausible", "--statement", "2")
    with Library(shell.folder / "library.db") as library:
        me = library.annotators.find("ana") or ""

        def lines(text: str) -> list[str]:
            ids: array[int] = find_highlights(library, text, me)
            rows = FoundHighlights(ids, me).page(library, 0)
            return [row.hit.excerpt for row in rows if row.hit]

        words = "The mayor said it was safe."
        assert lines("") == [words]
        assert sorted(lines("by:any")) == [words, f"ben: {words}"]


def test_somebody_else_of_my_name_is_told_apart(shell: Shell) -> None:
    shell.add()
    shell("tag", "1", "doubtful", "--statement", "2")
    other = "11111111-0000-7000-8000-000000000000"
    with Library(shell.folder / "library.db") as library:
        (article,) = library.articles.in_order()
        found = library.articles.get(article)
        version, me = found and found.version_uid, library.annotators.find("ana") or ""
        marked = {"version_uid": version, "annotator_uid": other, "start": 25, "end": 52,
                  "exact": "The mayor said it was safe.", "prefix": "", "suffix": ""}  # fmt: skip
        who = Change("annotator", other, {"handle": "ana", "kind": "human"})
        library.log.commit(Group("annotator", other, None, (who,)))
        library.log.commit(Group("h", other, article, (Change("highlight", new_uid(), marked),)))
    shell("highlights", "by:any")
    assert shell.out.splitlines()[1:] == [
        "  25-52 ! doubtful: The mayor said it was safe.",
        "  25-52 – (ana (11111111)): The mayor said it was safe.",
    ]
    shell("show", "1")
    assert f"> ana ({me[:8]}): ! doubtful\n" in shell.out
    assert "> ana (11111111): highlight\n" in shell.out
    shell("stats", "--by", "ana")
    heads = [line for line in shell.out.splitlines() if line.startswith("==")]
    assert heads == sorted([f"== ana ({me[:8]})", "== ana (11111111)"])


def test_names_are_told_apart_by_as_much_of_the_id_as_it_takes() -> None:
    one, two, three = "aaaaaaaa-1111-7", "aaaaaaaa-2222-7", "bbbbbbbb-1111-7"
    assert told_apart({}) == {}
    assert told_apart({one: "ana", three: "ben"}) == {one: "ana", three: "ben"}
    assert told_apart({one: "ana", three: "ana", two: "ben"}) == {
        one: "ana (aaaaaaaa)", three: "ana (bbbbbbbb)", two: "ben"}  # fmt: skip
    assert told_apart({one: "ana", two: "ana"}) == {
        one: "ana (aaaaaaaa-1111)", two: "ana (aaaaaaaa-2222)"}  # fmt: skip
    assert told_apart({"a-1": "x", "a-2": "x"}) == {"a-1": "x (a-1)", "a-2": "x (a-2)"}
