"""A report of articles in a library: complete, in numbers that agree, the same each time."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from reader import assets
from reader.domain.operation import Change, Group, new_uid
from reader.domain.untrusted import safe
from reader.services.capturing.adding import add_file
from reader.services.codebooks import own_tags
from reader.services.exchange.reporting import export_markdown
from reader.services.exchange.watching import Cancelled
from reader.storage.library import Library
from tests.cli.shell import STORY, Shell
from tests.formats.markdown_shown import MARKER, shown, words

BOOK = assets.load_builtin("credibility-7")


def two_articles(shell: Shell) -> None:
    shell.add(STORY, "story.txt", "--outlet", "The *Post*", "--url", "https://x.example/a_b")
    shell.add("# A list\n\n- one is *here*\n- two\n\n> A quotation of `<b>`two lines.\n", "b.md")
    shell("tag", "1", "doubtful", "--statement", "2", "--note", "first\n# second", "--flag")
    shell("tag", "1", "doubtful", "--statement", "2", "--likelihood", "20", "--reason", "a *why*")
    shell("tag", "1", "corroborated", "--quote", "it was safe. A witness")
    shell("--annotator", "ben", "tag", "1", "plausible", "--statement", "3", "--confidence", "high")
    shell("tag", "2", "--statement", "2")
    shell("relate", "1", "quotes", "--statement", "2", "--to-quote", "it was safe. A witness")
    shell("relate", "1", "denies", "--statement", "2", "--to", "2", "--to-statement", "2")
    shell(
        "evidence",
        "add",
        "1",
        "context",
        "--statement",
        "2",
        "--citation",
        "Report *7*",
        "--kind",
        "data",
        "--url",
        "https://x.example/a_b?c=1&d",
        "--archive-url",
        "https://kept.example/1/https://x.example",
        "--accessed",
        "2026-05-01",
        "--excerpt",
        "one *line*\n\n# two (http://y.example/<b>).",
    )


def test_a_report_says_all_there_is(shell: Shell) -> None:
    two_articles(shell)
    file = shell.folder / "report.md"
    assert shell("export", "markdown", "-o", str(file), "--history") == 0
    assert "4 highlights of 2 articles written to" in shell.err
    text = file.read_text("utf-8")
    first, second = text.split("\n---\n")
    assert first.startswith("# Storm closes the bridge\n\n- address: <https://x.example/a_b>\n")
    sha256 = shell.json("show", "1")["article"]["sha256"]
    for said in [
        "- in: The \\*Post\\*\n", "- annotated by: ana (2), ben (1)\n", f"SHA-256 {sha256}\n",
        "- judged: 2 of 4 statements (50 %) by at least one of them, 1 (25 %) by more than one\n",
        "  - ana: ✓ corroborated 1, + plausible 0,", "  - ben: ✓ corroborated 0, + plausible 1,",
        "- incomplete\n  - ana: 1\n  - ben: 0\n", "- **! doubtful**: ",
        "(credibility-7, version 2)",
        "⟦¹The mayor said ⟦²it was safe.⟧ana !¹ ⟦³A witness⟧ana ✓² saw cracks.⟧ben +³",
        "1. ana: **! doubtful** “The mayor said it was safe.”\n   - where: statement 2, charac",
        "   - likelihood: 20 % (unlikely)\n   - reason: a \\*why\\*\n",
        "   - note: first  \n     \\# second\n   - flagged to check\n",
        "   - incomplete: wants evidence that supports\n", "   - confidence: high\n   - by: ben, ",
        " UTC – → ! doubtful\n", "   - relation: quotes no. 2 “it was safe. A witness”\n",
        "   - relation: denies no. 1 “one is here”, in A list\n", "quoted by no. 1 “The mayor",
        "   - evidence: context: Report \\*7\\* (data), <https://x.example/a_b?c=1&d>, archived: "
        "<https://kept.example/1/https://x.example>, looked at 2026-05-01: “one \\*line\\*  \n"
        "     \\# two (<http://y.example/>&lt;b>).”\n",
    ]:  # fmt: skip
        assert said in first, said
    assert "## Legend" not in second
    assert "- ⟦¹one is here⟧–¹\n- two\n\n> A quotation of &lt;b>two lines.\n" in second
    again = shell.folder / "again.md"
    shell("export", "markdown", "-o", str(again), "--history")
    assert again.read_bytes() == file.read_bytes()
    assert shell("export", "markdown", "2") == 0
    assert shell.out.startswith("# A list\n")
    assert "history" not in shell.out
    assert "denied by “The mayor said it was safe.”, in Storm closes the bridge\n" in shell.out
    assert shell("export", "markdown", "-o", str(file)) == 2
    assert "--force" in shell.err


def test_tags_of_other_codebooks_are_explained_and_counted(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(shell.folder / "config"))
    shell.add(STORY)
    shell.add("One is here. Two is here.\n", "b.txt")
    with Library(shell.folder / "library.db") as library:
        for label in ("zeal", "*irony*", "never given"):
            book = own_tags.make(library, label)[0]
    shell("tag", "1", "doubtful", "--statement", "2")
    for number in ("2", "3"):
        assert shell("tag", "1", "zeal", "--codebook", "own", "--statement", number) == 0
    assert shell("tag", "1", "irony", "--codebook", "own", "--statement", "2") == 0
    assert shell("tag", "2", "law", "--codebook", "checkworthy", "--statement", "1") == 0
    shell("--annotator", "ben", "tag", "2", "irony", "--codebook", "own", "--statement", "2")
    said = ("attribute", "1", "--source", "The mayor", "--voice", "indirect", "--statement")
    assert shell(*said, "2", "--scope-certain") == 0
    assert shell(*said, "3", "--scope-uncertain") == 0
    assert shell("export", "markdown") == 0
    first, second = shell.out.split("\n---\n")
    meaning = "A tag of your own; its meaning has not been written down."
    own = f"My own tags ({book.id}, version 3): Tags of your own\n\n"
    assert f"{own}- **Z zeal**: {meaning}\n" in first
    assert f"- **I \\*irony\\***: {meaning}\n" in first
    assert "never given" not in shell.out
    assert first.count("(checkworthy, version") == 1  # the legend is that of all articles
    assert "- tags of My own tags, tags: Z zeal 2, I \\*irony\\* 1\n" in first
    theirs = "- tags of My own tags, tags\n  - ana: I \\*irony\\* 0\n  - ben: I \\*irony\\* 1\n"
    assert theirs in second
    assert "- tags of checkworthy, type\n  - ana: L law or rule 1\n  - ben: L law or" in second
    assert "   - voice: indirect, where it ends is certain\n" in first
    assert "   - voice: indirect, where it ends is uncertain\n" in first
    shell("export", "markdown", "2", "--by", "ana")
    assert "irony" not in shell.out
    shell("export", "markdown", "--codebook", "own")
    assert "- tags: Z zeal 2, I \\*irony\\* 1, N never given 0\n" in shell.out
    assert "- tags of credibility-7, credibility: ! doubtful 1\n" in shell.out


def test_several_annotators_are_counted_apart_and_each_mark_says_whose_it_is(shell: Shell) -> None:
    shell.add(STORY, "story.txt")
    shell.add("One is here. Two is here.\n", "b.txt")
    one = ("tag", "1", "doubtful", "--statement", "2", "--note", "n", "--annotator")
    shell(*one, "ana")
    shell("tag", "2", "plausible", "--statement", "1", "--annotator", "ana")
    shell("export", "markdown")
    alone = shell.out
    for there in ("⟦¹The mayor said it was safe.⟧!¹", "1. **! doubtful** “", "– for none.\n",
                  "- annotated by: ana (1)\n- newest judgement: 20",
                  "- judged: 1 of 4 statements (25 %)\n- tags: ✓ corroborated 0, + plausible 0,",
                  "\n- highlights: 1\n- with a note: 1\n- flagged to check: 0\n"):  # fmt: skip
        assert there in alone, there

    shell("--annotator", "ben", "tag", "1", "plausible", "--statement", "2")
    shell("--annotator", "ben", "tag", "1", "contested", "--statement", "3", "--flag")
    shell("tag", "1", "law", "--codebook", "checkworthy", "--statement", "4", "--annotator", "Cy")
    for who, code in (("ben", "half-true"), ("ana", "false")):
        shell("--annotator", who, "verdict", "1", code, "--codebook", "verdict-6")
    assert shell("export", "markdown") == 0
    first, second = shell.out.split("\n---\n")
    assert second == alone.split("\n---\n")[1]  # one has marked that one
    assert "where several people have marked an article, the name" in first.lower()
    assert "- annotated by: Cy (1), ana (1), ben (2)\n- newest judgement: Cy 20" in first
    assert "- ana: ✗ false\n- ben: \\~ half true\n" in first
    figures = first.split("## Figures\n\n")[1].split("\n\n")[0]
    none = "⇄ contested 0, ! doubtful 0, ✗ refuted 0, ? unverified 0, ∅ not checkable 0"
    assert figures == "\n".join((
        "- annotators: 3, each counted apart",
        "- judged: 2 of 4 statements (50 %) by at least one of them, 1 (25 %) by more than one",
        "  - Cy: 0 of 4 statements (0 %)",
        "  - ana: 1 of 4 statements (25 %)",
        "  - ben: 2 of 4 statements (50 %)",
        "- tags",
        f"  - Cy: ✓ corroborated 0, + plausible 0, {none}",
        f"  - ana: ✓ corroborated 0, + plausible 0, {none.replace('doubtful 0', 'doubtful 1')}",
        f"  - ben: ✓ corroborated 0, + plausible 1, {none.replace('contested 0', 'contested 1')}",
        "- tags of checkworthy, type",
        *("  - Cy: L law or rule 1", "  - ana: L law or rule 0", "  - ben: L law or rule 0"),
        *("- highlights", "  - Cy: 1", "  - ana: 1", "  - ben: 2"),
        *("- with a note", "  - Cy: 0", "  - ana: 1", "  - ben: 0"),
        *("- flagged to check", "  - Cy: 0", "  - ana: 0", "  - ben: 1"),
        *("- incomplete", "  - Cy: 0", "  - ana: 0", "  - ben: 1"),
    ))  # fmt: skip
    assert "⟦¹⟦²The mayor said it was safe.⟧ben +²⟧ana !¹ ⟦³A witness saw cr" in first
    for entry in ("1. ana: **! doubtful** “", "2. ben: **+ plausible** “", "4. Cy: **L law or"):
        assert f"\n{entry}" in first, entry

    shell("export", "markdown", "--by", "ana")
    assert shell.out.replace("\n## As a whole\n\n- ana: ✗ false\n", "") == alone


def test_who_has_orphans_only_is_told_apart_too(shell: Shell) -> None:
    shell.add(STORY, "story.txt")
    shell("--annotator", "ana", "tag", "1", "doubtful", "--statement", "2", "--note", "n")
    shell("--annotator", "ben", "tag", "1", "refuted", "--statement", "3")
    text = STORY.replace(
        "A witness saw cracks.", "Nothing else is known of what has happened there."
    )
    (shell.folder / "story.txt").write_text(text, "utf-8")
    assert shell("refresh", "1") == 0, shell.err
    assert shell("export", "markdown") == 0, shell.err
    assert "- annotated by: ana (1), ben (0)\n- newest judgement: ana 20" in shell.out
    assert "- highlights\n  - ana: 1\n  - ben: 0\n" in shell.out
    assert "⟧ana !¹" in shell.out
    assert "\n2. ben: **✗ refuted** “A witness saw cracks.”\n" in shell.out


def test_two_of_one_name_are_two_people(shell: Shell) -> None:
    shell.add(STORY, "story.txt")
    uids = ["22222222-0000-7000-8000-000000000000", "11111111-0000-7000-8000-000000000000"]
    with Library(shell.folder / "library.db") as library:
        (article,) = library.articles.in_order()
        found = library.articles.get(article)
        for uid in uids:
            marked = {"version_uid": found and found.version_uid, "annotator_uid": uid, "start": 25,
                      "end": 52, "exact": "The mayor said it was safe.", "prefix": "",
                      "suffix": ""}  # fmt: skip
            who = Change("annotator", uid, {"handle": "student", "kind": "human"})
            library.log.commit(Group("annotator", uid, None, (who,)))
            made = Change("highlight", new_uid(), marked)
            library.log.commit(Group("highlight", uid, article, (made,)))
    assert shell("export", "markdown") == 0, shell.err
    names = [f"student ({uid[:8]})" for uid in sorted(uids)]
    assert f"- annotated by: {names[0]} (1), {names[1]} (1)\n" in shell.out
    for name in names:
        assert f"⟧{name} –" in shell.out
        assert f". {name}: **– highlight** “" in shell.out
        assert f"   - by: {name}, marked " in shell.out
    shell("export", "markdown", "--by", uids[1])
    assert "- annotated by: student (1)\n" in shell.out


def test_what_a_renderer_shows_is_the_article(shell: Shell) -> None:
    two_articles(shell)
    renderer = MarkdownIt("commonmark")
    for number in ("1", "2"):
        shell("export", "markdown", number)
        text = shell.out.split("## Text\n\n")[1].split("\n## Annotations\n")[0]
        article = json.loads((shell("show", number, "--json"), shell.out)[1])
        # white space aside, which a renderer need not keep
        assert words(MARKER.sub("", shown(text, renderer))) == words(safe(article["text"]))


def test_it_can_be_called_off_and_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One is here. Two is here.\n")
    target = tmp_path / "r.md"
    target.write_text("old")
    with Library(tmp_path / "l.db") as library:
        uid = add_file(library, tmp_path / "a.txt", library.annotator("ana")).article.uid
        with pytest.raises(Cancelled):
            export_markdown(
                library, [uid], target, codebook=BOOK, force=True, cancelled=lambda: True
            )
        assert target.read_text() == "old"
        out = io.StringIO()
        assert export_markdown(library, None, out, codebook=BOOK).rows == 0
        assert "## Annotations\n\nNone.\n" in out.getvalue()
