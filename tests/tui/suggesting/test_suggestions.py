"""What is suggested: shown unlike highlights, taken, changed, dismissed, hidden; by real keys."""

from __future__ import annotations

import csv
import io
from functools import partial
from pathlib import Path

import pytest
from rich.style import Style

from reader.assets import load_builtin
from reader.domain.text import Role, Span
from reader.services import showing
from reader.services.attributing.attributing import Wish, attribute
from reader.services.attributing.chains import chain_words, chains
from reader.services.attributing.edits import making
from reader.services.attributing.sources import new_source
from reader.services.exchange import exporting
from reader.services.exchange.reporting import export_markdown
from reader.services.settings.fields import Settings, load_settings
from reader.services.stats import stats
from reader.services.suggesting.proposals import NAME, Proposals
from reader.storage.library import Library
from reader.tui.undocumented import dotted
from reader.tui.widgets.article.palette import draws_dots
from tests.tui.reading_harness import Reader, article, reading

TEXT = """\
The council says that the bridge is safe. "It has been inspected twice," Ada Lowe said on Monday, \
"and nothing was found." She added that an engineer had been paid.

The plan was criticised as too dear. It rained all day.
"""


async def attributions(reader: Reader) -> list[tuple[str, str, list[str], str, str, str]]:
    """Words, voice, sources, mention, cue and origin of what is attributed, in document order."""
    found = []
    for item in await reader.stored():
        said = await reader.run(lambda library, uid=item.uid: library.attributions.of(uid))
        assert said is not None
        known = await reader.run(lambda library, it=said: library.sources.all_of(it.sources))
        hop = said.hops[0]
        found.append(
            (
                reader.words(item),
                said.voice or "",
                [source.name for source in known.values()],
                hop.mention.exact if hop.mention else "",
                hop.cue.exact if hop.cue else "",
                said.origin,
            )
        )
    return found


def dots(reader: Reader) -> list[int]:
    """The rows of the screen with dots in the margin."""
    return [y for y, line in enumerate(reader.lines) if line[:5].strip() == "┊"]


async def offered(reader: Reader) -> None:
    """Move once: where nothing is marked yet, a tour is offered before what is suggested."""
    await reader.until(lambda: "New here?" in reader.status)
    await reader.press("j", "k")


async def test_taken_as_it_is_and_taken_back(tmp_path: Path) -> None:
    db = tmp_path / "l.db"
    async with reading(db, article(tmp_path, TEXT), suggestions=True) as r:
        await offered(r)
        await r.until(lambda: "x The council, indirect: “says”?" in r.status)
        assert len(dots(r)) == 3  # the cursor's own rows have its bar
        await r.press("j")
        await r.until(lambda: "x Ada Lowe, direct: “said” and quotation m" in r.status)
        await r.pilot.resize_terminal(80, 24)  # what the key does goes before how it is said
        await r.press("k", "j")
        await r.until(lambda: "x take/dismiss: Ada Lowe?  " in r.status)
        await r.pilot.resize_terminal(120, 40)
        await r.press("x")
        assert "Who: Ada Lowe, named. Voice: direct." in r.text
        assert "type to filter · ↓ ↑ choose" in r.text.partition("accept:")[0]
        await r.press("enter")
        assert r.said == ["accepted: said by Ada Lowe. u takes it back."]
        taken = (
            '"It has been inspected twice,"', "direct", ["Ada Lowe"], "Ada Lowe", "said",
            f"suggestion:{NAME}:accepted",
        )  # fmt: skip
        assert await attributions(r) == [taken]
        (highlight,) = await r.stored()
        more = [r.words(Span(*span)) for span in highlight.extra_spans]
        assert more == ['"and nothing was found."']
        assert not highlight.judgements  # never a tag
        assert r.screen.target_uid == highlight.uid  # what is pressed next acts on it
        assert highlight.origin == f"suggestion:{NAME}:accepted"
        assert "u undoes: said by Ada Lowe" in r.status  # also without the message
        await r.press("k", "j")
        assert "Ada Lowe" not in r.status
        await r.consistent()
        await r.press("u")
        assert await r.stored() == []
        await r.until(lambda: "x Ada Lowe, direct" in r.status)  # it is open again
        await r.press("ctrl+r")
        assert await attributions(r) == [taken]
    async with reading(db, suggestions=True) as r:  # another day
        await r.press("enter")
        await r.rest()
        await r.press("g", "j")
        assert "Ada Lowe" not in r.status
        out, book = tmp_path / "out.csv", r.screen.session.codebook
        await r.run(lambda library: exporting.export_csv(library, None, out, codebook=book))
        (row,) = csv.DictReader(out.open(encoding="utf-8-sig"))
        assert row["origin"] == row["attribution_origin"] == f"suggestion:{NAME}:accepted"
        assert (row["source"], row["voice"], row["tag"]) == ("Ada Lowe", "direct", "")


async def test_the_panel_knows_who_says_what_was_taken(tmp_path: Path) -> None:
    async def says(reader: Reader) -> list[str]:
        """The signs of the closed row of what was taken, and what a filter for it lists."""
        await reader.press("g")
        await reader.until(lambda: not any("▌" in line[72:] for line in reader.lines))  # closed
        panel = [line[74:] for line in reader.lines if line[72:73] == "▏"]  # not what was undone
        rows = [line.split()[-1] for line in panel if "It has" in line]
        await reader.burst("tab", "/", *"has:source", "enter")
        listed = [line.split("▏")[-1].strip() for line in reader.lines if "has:source" in line]
        await reader.burst("escape", "escape")
        return [*rows, *listed]

    async with reading(
        tmp_path / "l.db", article(tmp_path, TEXT), suggestions=True, size=(120, 40)
    ) as r:
        await offered(r)
        await r.until(lambda: "x The council" in r.status)
        await r.press("j", "j", "j", "1")  # another one, of which nobody is said to say it
        assert await says(r) == ["0 of 1 · has:source"]
        await r.press("j", "x", "enter")
        assert await says(r) == ["@", "1 of 2 · has:source"]
        await r.press("u")
        assert await says(r) == ["0 of 1 · has:source"]
        await r.press("ctrl+r")
        assert await says(r) == ["@", "1 of 2 · has:source"]
        await r.consistent()


async def test_changed_dismissed_and_counted(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT), suggestions=True) as r:
        await offered(r)
        await r.until(lambda: "x The council" in r.status)
        await r.press("j", "j")
        await r.until(lambda: "x probably Ada Lowe (“She”), indirect" in r.status)
        await r.press("x")
        likely = r.text.index("accept: “She” is Ada Lowe")
        assert likely < r.text.index("accept: “She” (left open)")
        await r.press("enter")  # a person decides whom it means
        await r.press("j", "x", "down", "enter")  # edit
        assert "speaker: left open" in r.text
        await r.press("down", "down", "enter")
        await r.press(*"somebody", "enter")
        await r.type("the treasurer\n")
        await r.press("enter")  # take it so
        assert await attributions(r) == [
            ("an engineer had been paid", "indirect", ["Ada Lowe"], "She", "added",
             f"suggestion:{NAME}:edited"),
            ("The plan was criticised as too dear", "indirect", ["the treasurer"], "", "criticised",
             f"suggestion:{NAME}:edited"),
        ]  # fmt: skip
        await r.press("g", "x", *"dismiss", "enter")
        assert r.said == ["Dismissed. u takes it back."]
        assert "council" not in r.status
        await r.press("x")
        assert r.said == ["Nothing is suggested for this statement."]
        session = r.screen.session
        me, book = session.annotations.annotator_uid, session.codebook
        (rate,) = (await r.run(lambda library: stats(library, me, book))).suggestions
        assert (rate.detector, rate.accepted, rate.edited, rate.dismissed, rate.rate_pct) == (
            "attribution", 0, 2, 1, 67)  # fmt: skip
        kinds = [kind for kind, _ in await r.groups()]
        assert kinds == ["suggest"] * 3
        await r.press("u")
        await r.until(lambda: "x The council" in r.status)


async def test_hidden_and_shown_again(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    settings = Settings(path=path)
    async with reading(
        tmp_path / "l.db", article(tmp_path, TEXT), settings=settings, suggestions=True
    ) as r:
        await r.until(lambda: dots(r))
        await r.press("X")
        assert dots(r) == []
        assert "x The" not in r.status
        await r.until(path.exists)
        assert load_settings(path).suggestions is False
        await r.press("x")
        assert r.said == ["Suggestions are hidden. X shows them."]
        await r.press("X")
        await r.until(lambda: dots(r))
        await r.until(lambda: load_settings(path).suggestions)


async def test_what_a_statement_holds_is_told_without_advice(tmp_path: Path) -> None:
    text = "It rained. It perhaps cost 40 million in 2019.\n\nAda Lowe says that 7 left.\n"
    async with reading(tmp_path / "l.db", article(tmp_path, text), suggestions=True) as r:
        await r.until(lambda: dots(r))
        await r.press("1", "g")  # the offer of a tour goes before, until something is marked
        assert "to check" not in r.status
        await r.press("j")
        told = "a number, a date: f to check later; hedged"
        await r.until(lambda: told in r.status)
        await r.press("j")
        await r.until(lambda: "x Ada Lowe" in r.status)
        assert "hedged" not in r.status
        await r.press("x")
        assert "sentence: contains a number." in r.text
        await r.press("escape", "k", "X")
        assert "hedged" not in r.status
        await r.rest()
        assert "hedged" not in r.status
        await r.press("X")
        await r.until(lambda: told in r.status)
        assert [kind for kind, _ in await r.groups()] == ["tag"]
        await r.press("f", "j", "k")
        await r.until(lambda: "hedged: “perhap" in r.status)
        assert "to check" not in r.status  # it is flagged


async def test_another_article_has_none_of_this_ones(tmp_path: Path) -> None:
    one = article(tmp_path, TEXT, "one.txt")
    two = article(tmp_path, "It rained all day. The river rose in the night.\n", "two.txt")
    async with reading(tmp_path / "l.db", one, two, suggestions=True) as r:
        if "council" not in r.text:
            await r.press("J")
        await r.until(lambda: dots(r))
        before = r.screen.suggested
        there = r.screen.cursor
        assert before is not None
        assert before.at(there)
        await r.press("J")
        assert "The river rose" in r.text
        assert before.at(there) == []  # they are another text's
        await r.press("x")
        assert r.said == ["Nothing is suggested for this statement."]
        assert dots(r) == []


async def test_a_sign_of_its_own_in_ascii(tmp_path: Path) -> None:
    settings = Settings({"symbols": "ascii"})
    async with reading(
        tmp_path / "l.db", article(tmp_path, TEXT), settings=settings, suggestions=True
    ) as r:
        await r.until(lambda: [line for line in r.lines if line[:5].strip() == ":"])
        assert "┊" not in r.text


async def test_unlike_a_highlight_and_without_a_tags_colour(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT), suggestions=True) as r:
        await r.until(lambda: dots(r))
        await r.press("j", "j", "j", "j")  # away from it
        (strip,) = [strip for strip in r.screen.pane.lines() if "The council says" in strip.text]
        styles = {segment.text: segment.style or Style() for segment in strip}
        (said,) = [style for text, style in styles.items() if "the bridge is safe" in text]
        (plain,) = [style for text, style in styles.items() if "The council" in text]
        assert said.underline
        assert not plain.underline
        assert said.bgcolor == plain.bgcolor  # no tint: that is a tag's
        assert said.dim or said.color != plain.color


async def test_a_short_quotation_that_is_not_in_the_longer_one(tmp_path: Path) -> None:
    text = (
        "He claims “the right to share facts with them”. It rained.\n\n"
        "“I wanted to share facts, which I have the absolute right to do,” he wrote. “I have the "
        "absolute right to share all the facts with them, and I did.”\n"
    )
    async with reading(tmp_path / "l.db", article(tmp_path, text)) as r:
        await r.press("j", ":", *"compare quot", "enter")
        assert "Quotations that differ from longer ones" in r.text
        assert "It leaves out “absolute”, “all”, “the”." in r.text
        await r.press("enter")
        assert r.here.startswith("He claims")


def test_dotted_lines_where_the_terminal_draws_them() -> None:
    style = dotted(Style(color="#040404", bgcolor="#080404", bold=True, underline=True))
    assert "\x1b[1;4:4;38;2;4;4;4;48;2;8;4;4m" in style.render("x")
    true = {"COLORTERM": "truecolor"}
    assert draws_dots({"TERM": "xterm-kitty", **true})
    assert draws_dots({"VTE_VERSION": "7200", **true})
    assert not draws_dots({"TERM": "xterm-256color", **true})
    assert not draws_dots({"TERM": "xterm-kitty", "TMUX": "1", **true})
    assert not draws_dots({"TERM": "xterm-kitty", "NO_COLOR": "1", **true})


async def test_a_screen_of_a_long_text_costs_what_one_of_a_short_text_does(tmp_path: Path) -> None:
    path = article(tmp_path, "\n\n".join([TEXT.replace("\n\n", " ")] * 4000))
    async with reading(tmp_path / "l.db", path, suggestions=True) as r:
        await r.until(lambda: dots(r))
        read: list[object] = []
        whole = Proposals._read
        Proposals._read = lambda self, piece: (read.append(piece), whole(self, piece))[1]  # type: ignore[method-assign,assignment]
        try:
            await r.press("G")
            await r.until(lambda: dots(r))
        finally:
            Proposals._read = whole  # type: ignore[method-assign]
        assert 0 < len(read) < 40
        assert all(end - start <= 1_400 for start, end in read)  # type: ignore[misc]


async def test_nothing_is_suggested_of_what_a_person_has_said(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT), suggestions=True) as r:
        await offered(r)
        await r.until(lambda: "x The council" in r.status)
        await r.press("s")
        await r.type("Somebody else\n")
        await r.until(lambda: "x The council" not in r.status)
        await r.press("u")
        await r.until(lambda: "x The council" in r.status)


async def test_what_was_given_by_hand_tells_whom_the_next_pronoun_means(tmp_path: Path) -> None:
    text = (
        'Ada Lowe said no. Kok rejected the plan. "Nobody warned us," she said. "It is so late."\n'
    )
    async with reading(tmp_path / "l.db", article(tmp_path, text), suggestions=True) as r:
        await offered(r)
        await r.press("j", "j")
        await r.until(lambda: "x “she” (left open), direct" in r.status)
        await r.press("k", "s")
        await r.type("Ines Kok\n")
        await r.press("j")
        await r.until(lambda: "x probably Ines Kok (“she”), direct" in r.status)
        await r.press("x")
        assert r.text.index("accept: “she” is Ines Kok") < r.text.index("accept: “she” (left open)")
        assert "says what stands before it, by what you gave" in r.text
        await r.press("enter")
        await r.press("j")
        await r.until(lambda: "x who is not clear, direct" in r.status)
        await r.press("x")
        assert r.text.index("accept: who is") < r.text.index("accept: said by Ines Kok")
        await r.press(*"by ines", "enter")
        said = [(words, sources) for words, _, sources, *_ in await attributions(r)]
        assert said[1:] == [
            ('"Nobody warned us,"', ["Ines Kok"]),
            ('"It is so late."', ["Ines Kok"]),
        ]
        uids = await r.run(lambda library: [it.uid for it in library.sources.named("Ines Kok")])
        assert len(uids) == 1
        await r.press("u", "u", "u", "g", "j", "j")
        await r.until(lambda: "x “she” (left open), direct" in r.status)


async def test_the_highlight_of_a_statement_gets_the_attribution(tmp_path: Path) -> None:
    source = load_builtin("credibility-7").source
    book = tmp_path / "wants.toml"
    book.write_text(source.replace('"credibility-7"', '"wants"').replace('["note"]', '["source"]'))
    text = (
        'The plan is "a disgrace", Petra Vos said. It rained.\n\n'
        'Petra Vos said that it was "late", and Tom Lind said that it was dear.\n\n'
        "The bank said it expects prices to rise.\n"
    )
    codebook = str(book)
    async with reading(
        tmp_path / "l.db", article(tmp_path, text), codebook=codebook, suggestions=True
    ) as r:
        await r.press("4")
        await r.until(lambda: "x Petra Vos, partial" in r.status)
        (mine,) = await r.stored()
        debts = partial(r.run, lambda library: library.debts.all([mine.annotator_uid]).ids)
        assert len(await debts()) == 1
        groups = await r.groups()
        await r.press("x")
        assert "Your highlight of the statement gets the attribution." in r.text
        await r.press("enter")
        assert r.said == ["accepted: said by Petra Vos. u takes it back."]
        assert [item[0] for item in await attributions(r)] == [r.here]
        assert (await attributions(r))[0][2:] == (
            ["Petra Vos"], "Petra Vos", "said", f"suggestion:{NAME}:accepted",
        )  # fmt: skip
        assert not await debts()  # what the tag wanted is there
        assert len(await r.groups()) == len(groups) + 1
        await r.press("3")  # the statement's tag, not a second highlight's
        (changed,) = await r.stored()
        assert (changed.uid, changed.judgements[0].code) == (mine.uid, "contested")
        await r.press("u", "u")  # one step takes back all of it
        (back,) = await r.stored()
        assert (back.uid, len(await debts())) == (mine.uid, 1)
        await r.until(lambda: "x Petra Vos, partial" in r.status)
        assert (back.judgements[0].code, back.implicit) == ("doubtful", True)
        assert await r.run(lambda library: library.attributions.of(mine.uid)) is None

        await r.press("x", *"edit", "enter", *"words", "enter", "down", "enter", "enter")
        inner, whole = sorted(await r.stored(), key=lambda item: item.end - item.start)
        assert (r.words(inner), inner.judgements) == ('"a disgrace"', ())
        assert (whole.uid, r.screen.target_uid) == (mine.uid, inner.uid)
        assert "These words are a highlight of their own now: keys act on it" in r.said[-1]
        await r.press(";")
        assert r.screen.target_uid == mine.uid
        await r.press("u")

        await r.press("}", "4")  # two speakers: each of them said something else
        await r.until(lambda: "x Petra Vos" in r.status)
        await r.press("x", "enter")
        assert "The words get a highlight of their own: more than one" in r.text
        await r.press("enter")
        assert "since more than one thing is said in this statement" in r.said[-1]
        assert len(await debts()) == 2
        assert len(await r.stored()) == 3

        await r.press("}", "4")  # what it expects is a part of what it says
        await r.until(lambda: "x The bank" in r.status)
        await r.press("x", "enter", "enter")
        assert len(await debts()) == 2
        assert len(await r.stored()) == 4
        assert r.said[-1] == "accepted: said by The bank. u takes it back."


async def test_of_several_sources_of_one_name_a_person_chooses(tmp_path: Path) -> None:
    async with reading(tmp_path / "l.db", article(tmp_path, TEXT), suggestions=True) as r:
        await offered(r)
        await r.until(lambda: "x The council" in r.status)
        two = [new_source("Ada Lowe", {"role": role}) for role in ("mayor", "engineer")]
        await r.run(lambda library: library.log.commit(*making("test", two)))
        await r.press("j", "x", "enter")
        assert "2 sources are called “Ada Lowe”: which?" in r.text
        assert "Ada Lowe, mayor, person" in r.text
        await r.press("escape")  # nothing is done
        assert await r.stored() == []
        await r.press("x", "enter", *"engineer", "enter")
        assert r.said == ["accepted: said by Ada Lowe. u takes it back."]
        (highlight,) = await r.stored()
        said = await r.run(lambda library: library.attributions.of(highlight.uid))
        assert said is not None
        assert said.sources == (two[1].uid,)
        assert said.origin == f"suggestion:{NAME}:accepted"
        await r.press("u", "g", "j")
        await r.until(lambda: "x Ada Lowe" in r.status)
        await r.press("x", "enter", *"left open", "enter")
        assert [item[2] for item in await attributions(r)] == [[]]


async def test_a_credit_line_is_proposed_and_never_made_one_by_itself(tmp_path: Path) -> None:
    text = "It rained all day.\n\nThe bridge. Photograph: Ann Example/Reuters\n\nThe river rose.\n"
    async with reading(tmp_path / "l.db", article(tmp_path, text), suggestions=True) as r:
        await r.until(lambda: dots(r))
        at = text.index("The bridge")
        block = r.screen.session.document.block_at(at)
        assert block is not None
        assert block.role is Role.SUBHEAD
        await r.press("j")
        await r.until(lambda: "x looks like a caption with its credit: “" in r.status)
        await r.press("x")
        assert "Suggested: caption" in r.text
        await r.press(*"dismiss", "enter")
        assert r.said == ["Dismissed. u takes it back."]
        assert dots(r) == []
        await r.press("u")
        await r.until(lambda: "x looks like" in r.status)
        await r.press("x", "enter")
        assert r.said == ["The paragraph is caption now. u takes it back."]
        await r.until(lambda: not dots(r))
        now_is = r.screen.session.document.block_at(at)
        assert now_is is not None
        assert now_is.role is Role.CAPTION
        session = r.screen.session
        me, book = session.annotations.annotator_uid, session.codebook
        (rate,) = (await r.run(lambda library: stats(library, me, book))).suggestions
        assert (rate.detector, rate.accepted) == ("picture", 1)
        await r.press("u")  # the role and the decision
        await r.until(lambda: dots(r) or "x looks like" in r.status)
        back = r.screen.session.document.block_at(at)
        assert back is not None
        assert back.role is Role.SUBHEAD
        assert (await r.run(lambda library: stats(library, me, book))).suggestions == ()
        await r.consistent()


async def test_what_comes_next_is_known_before_it_comes(tmp_path: Path) -> None:
    text = "\n".join(f"The council said on day {n} that the bridge is safe.\n" for n in range(90))
    async with reading(tmp_path / "l.db", article(tmp_path, text), suggestions=True) as r:
        await offered(r)
        await r.until(lambda: "x The council" in r.status)
        shown, known = r.screen.pane.visible_span(), r.screen.suggested
        assert known is not None
        ahead = Span(shown.end, 2 * shown.end - shown.start)
        await r.until(lambda: known._knows(ahead))
        known.proposals.look = lambda start, end: iter(())  # type: ignore[method-assign]
        await r.press("space")
        assert r.screen.pane.visible_span().start > shown.start
        rows = [line for line in r.lines[1:] if "The council said" in line]
        assert len(dots(r)) == len(rows) - 1 > 10  # the cursor's own row has its bar


async def test_a_pronoun_that_is_left_open_is_told_apart_from_an_unknown_hop(
    tmp_path: Path,
) -> None:
    text = "Ada Lowe met Ben Ott.\n\nShe said that the bridge was closed. It rained.\n"
    async with reading(
        tmp_path / "l.db", article(tmp_path, text), suggestions=True, size=(110, 30)
    ) as r:
        await r.press("j")
        await r.until(lambda: "She" in r.status)
        await r.press("x", "enter")
        ((_, _, sources, mention, _, _),) = await attributions(r)
        assert (sources, mention) == ([], "She")
        assert "“She” (not identified)" in r.text  # in the open card
        await r.press("i")
        assert "said by “She” (not identified)" in r.text
        await r.press("escape", "s")
        assert "[“She” (not identified)]" in r.text
        await r.press(">")
        await r.type("unknown")
        await r.press("enter", "escape")
        (item,) = await r.stored()
        said = await r.run(lambda library: chains(library, [item.uid])[item.uid])
        assert chain_words(said) == "“She” (not identified) > ?"
        report, table = io.StringIO(), io.StringIO(newline="")
        book = r.screen.session.codebook
        for export, out in ((export_markdown, report), (exporting.export_csv, table)):
            await r.run(partial(export, article_uids=None, target=out, codebook=book))
        assert "“She” (not identified)" in report.getvalue()
        assert "via: unknown" in report.getvalue()
        (row,) = csv.DictReader(io.StringIO(table.getvalue().removeprefix("\ufeff")))
        assert (row["source"], row["chain"]) == ("?", "? > ? > [outlet]")
        assert row["as_in_text"] == "1:She:23:26"


async def test_what_a_tag_wants_is_asked_again_before_remarks_and_suggestions(tmp_path) -> None:
    text = TEXT.replace("The plan was criticised as too dear.", "It opened on 3 May 2024.")
    async with reading(tmp_path / "l.db", article(tmp_path, text), suggestions=True) as r:
        await offered(r)
        await r.until(lambda: "x The council" in r.status)
        for first, more in (("The council", " · x The council"), ("It opened", "")):
            while not r.here.startswith(first):
                await r.press("j")
            await r.press("3")
            assert f"relation? r{more}" in r.status
            await r.press("j", "k")
            await r.until(lambda more=more: f"relation? r{more}" in r.status)
        await r.press("r", "j", "enter", "d", "enter", "j", "k")
        await r.until(lambda: "a date: f to check later" in r.status)
        assert "relation?" not in r.status


@pytest.mark.usefixtures("unwatched")
async def test_what_another_window_has_attributed_unseen_stays(tmp_path: Path) -> None:
    db = tmp_path / "l.db"
    async with reading(db, article(tmp_path, TEXT), suggestions=True) as r:
        await offered(r)
        await r.until(lambda: "x The council" in r.status)
        await r.press("4")
        (highlight,) = await r.stored()
        await r.press("x")

        def theirs(library: Library) -> None:
            of = library.articles.get(library.articles.in_order()[0])
            assert of is not None
            ana, version = library.annotator("ana"), showing.version_of(library, of)
            attribute(library, of, version, highlight.span, ana, Wish(chain=["Byron"]))

        with Library(db) as other:
            theirs(other)
        await r.press("enter")
        assert [said[2] for said in await attributions(r)] == [["Byron"]]
        assert "Another window has said meanwhile who says this" in " ".join(r.said)
        assert len(await r.groups()) == 2
