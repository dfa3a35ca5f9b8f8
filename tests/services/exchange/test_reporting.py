"""A report of articles in a library: complete, in numbers that agree, the same each time."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from reader import assets
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
        "- judged: 2 of 4 statements (50 %)\n", "✓ corroborated 1, + plausible 1,",
        "- incomplete: 1\n", "- **! doubtful**: ", "(credibility-7, version 2)",
        "⟦¹The mayor said ⟦²it was safe.⟧!¹ ⟦³A witness⟧✓² saw cracks.⟧+³",
        "1. **! doubtful** “The mayor said it was safe.”\n   - where: statement 2, characters ",
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
    assert "- tags of My own tags, tags: I \\*irony\\* 1\n" in second
    assert "checkworthy" in second
    assert "   - voice: indirect, where it ends is certain\n" in first
    assert "   - voice: indirect, where it ends is uncertain\n" in first
    shell("export", "markdown", "2", "--by", "ana")
    assert "irony" not in shell.out
    shell("export", "markdown", "--codebook", "own")
    assert "- tags: Z zeal 2, I \\*irony\\* 1, N never given 0\n" in shell.out
    assert "- tags of credibility-7, credibility: ! doubtful 1\n" in shell.out


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
