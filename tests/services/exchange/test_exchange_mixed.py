"""Files with all kinds of judgements, mixed: the export against a slow one, the import by pages."""

import random

import pytest

from reader.domain.codebook_file.edit import new_codebook, with_tag
from reader.domain.highlight import Highlight, Judgement, judgement_uid
from reader.domain.operation import Group, new_uid
from reader.domain.text import Span
from reader.formats.csv_columns import NAMES
from reader.services.annotating.edits import changes_between, ordered
from reader.services.importing import importer
from reader.services.reading.walking import blocks_of, statements_of
from tests.services.exchange_desk import BOOK, CHECKWORTHY, VERDICT, Desk, csv_text, portable

SAID = (None, "", "why | not: \\", 'a "b",\r\nc', "=1+1", "'@x")
TEXT = "\n\n".join(
    f"Number {number} is “said”, they say. Was it so? The {number}th | a: \\b."
    for number in range(9)
)
ONCE = with_tag(new_codebook("own-1a2b", "Mine", "About."), (), "Blame shifting", 1)
TWICE = with_tag(ONCE.source, ONCE.facets[0].tags, "Irony | sort: of", 2)
BOOKS = [BOOK, CHECKWORTHY, VERDICT, ONCE, TWICE]
FACETS = [(book, facet) for book in BOOKS for facet in book.statement_facets]


def some_judgements(chance: random.Random, uid: str) -> tuple[Judgement, ...]:
    """Return judgements of some facets, one or several of each."""
    found: dict[str, Judgement] = {}
    for book, facet in chance.sample(FACETS, chance.randrange(5)):
        many = facet.select == "many"
        for tag in chance.sample(facet.tags, min(len(facet.tags), 1 + many * chance.randrange(3))):
            named = judgement_uid(uid, book.id, facet.id, tag.code if many else None)
            confidence = chance.choice([None, "low", "high"])
            said = (confidence, chance.choice([None, 0, 100]), chance.choice(SAID) or None)
            found[named] = Judgement(named, book.id, book.version, facet.id, tag.code, *said)
    return ordered(list(found.values()))


def mark(desk: Desk, seed: int, count: int) -> None:
    """Let three people mark any stretches, some of them twice over."""
    chance = random.Random(seed)
    people = [desk.library.annotator(handle) for handle in ("ana", "=cmd", "O'Neil | x:y")]
    changes = []
    for _ in range(count):
        start = chance.randrange(len(TEXT) - 1)
        end = min(len(TEXT), start + chance.choice([1, 9, 40, 200]))
        extra = [Span(at, at + 3) for at in chance.sample(range(300), chance.choice([0, 0, 2]))]
        uid = new_uid()
        item = Highlight(
            uid=uid,
            version_uid=desk.version.uid,
            annotator_uid=chance.choice(people),
            start=start,
            end=end,
            extra_spans=tuple(extra),
            note=chance.choice(SAID) or None,
            flag=chance.random() < 0.3,
            implicit=False,
            judgements=some_judgements(chance, uid),
        )
        changes += changes_between(None, item, TEXT)
    group = Group("x", desk.me, desk.article.uid, tuple(changes))
    desk.library.log.commit(*kept(desk), group)


def kept(desk: Desk) -> list[Group]:
    return [Group("x", desk.me, None, (), codebook=book) for book in BOOKS]


def escaped(text: str) -> str:
    return "".join("\\" + c if c in "\\|:" else c for c in text)


def slow_row(desk: Desk, item, book, facet) -> dict[str, str]:
    """Return the row of a highlight, worked out column by column from the objects."""
    highlight, anchor = item.highlight, item.anchor
    mine = [j for j in highlight.judgements if (j.codebook, j.facet) == (book.id, facet.id)]
    used = max((j.codebook_version for j in mine), default=book.version)
    mine = [j for j in mine if j.codebook_version == used]
    others = [j for j in highlight.judgements if j not in mine]
    source = next(b for b in BOOKS if (b.id, b.version) == (book.id, used))
    tags = [source.facet(facet.id).tag(j.code) for j in mine]
    many = facet.select == "many"
    in_list = escaped if many else str
    overlapped = [s for s in statements_of(desk.version) if s.span.overlaps(highlight.span)]
    begun = [
        str(number)
        for number, block in enumerate(blocks_of(desk.version), 1)
        if block.end > highlight.start and block.start < highlight.end
    ]
    first = mine[0] if mine else Judgement("", "", 0, "", "")
    likelihood = first.likelihood
    lacking = [
        set(tag.requires) - ({"note"} if highlight.note or j.reason else set())
        for j, tag in zip(mine, tags, strict=True)
    ]
    rank = "" if many or not tags or tags[0].rank is None else f"{tags[0].rank:.15g}"
    row = dict.fromkeys(NAMES, "")
    row |= {
        "article_title": desk.article.metadata.title,
        "statement": str(overlapped[0].number) if overlapped else "",
        "start": str(highlight.start),
        "end": str(highlight.end),
        "text": anchor.exact,
        "tag": " | ".join(in_list(j.code) for j in mine),
        "tag_label": " | ".join(in_list(tag.label) for tag in tags),
        "tag_rank": rank,
        "confidence": first.confidence or "",
        "likelihood_pct": "" if likelihood is None else str(likelihood),
        "reason": first.reason or "",
        "note": highlight.note or "",
        "other_tags": " | ".join(
            f"{escaped(f'{j.codebook}@{j.codebook_version}.{j.facet}')}:{escaped(j.code)}"
            for j in others
        ),
        "flag": str(highlight.flag).lower(),
        "incomplete": str(any(lacking)).lower() if mine else "",
        "annotator": item.annotator,
        "created_at": highlight.created_at,
        "updated_at": highlight.updated_at,
        "paragraph": begun[0] if begun else "",
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "extra_spans": " | ".join(f"{start}:{end}" for start, end in highlight.extra_spans),
        "codebook": book.id,
        "codebook_version": str(used),
        "facet": facet.id,
        "origin": highlight.origin,
        "revision": str(highlight.rev),
        "article_id": desk.article.uid,
        "article_sha256": desk.version.sha256,
        "highlight_id": highlight.uid,
        "format_version": "4",
    }
    return row


@pytest.fixture
def desks(tmp_path):
    one, two = Desk(tmp_path / "a.db"), Desk(tmp_path / "b.db", "ben")
    with one.library, two.library:
        one.add(TEXT, title="T")
        two.add(TEXT, title="T")
        yield one, two


def test_every_facet_is_exported_as_the_slow_way_says(desks):
    desk, _ = desks
    mark(desk, 1, 150)
    items = list(desk.library.highlights.anchored(desk.version.uid))
    assert len({len(item.highlight.judgements) for item in items}) > 4
    for book, facet in FACETS:
        found = desk.rows(codebook=book, facet=facet.id)
        assert found == [slow_row(desk, item, book, facet) for item in items], (book.id, facet.id)


def test_an_import_does_the_same_whatever_its_pages(desks, tmp_path, monkeypatch):
    one, _ = desks
    mark(one, 2, 40)
    rows = one.rows(codebook=CHECKWORTHY)
    same_words = [{**row, "highlight_id": new_uid()} for row in rows[:5]]
    elsewhere = [{**row, "note": "another"} for row in rows[10:14]]
    bad = [{**rows[0], "tag": "nonsense", "highlight_id": new_uid()}, {**rows[1], "start": "x"}]
    outcomes = []
    for page in (1, 3, 1_000):
        monkeypatch.setattr(importer, "PAGE", page)
        desk = Desk(tmp_path / f"{page}.db", "ben")
        with desk.library:
            desk.add(TEXT, title="T")
            desk.library.log.commit(*kept(desk))
            gone = desk.tag(0, 4, "plausible")
            desk.tag(0, 4, remove=True)
            freed = [{**row, "highlight_id": gone} for row in rows[7:9]]
            path = tmp_path / f"{page}.csv"
            everything = [*freed, *rows, *same_words, *elsewhere, *bad, *rows]
            path.write_text(csv_text(everything), "utf-8", newline="")
            report = desk.read(path)
            again = desk.read(path)
            assert (again.imported, again.rejected, again.read) == (0, 2, report.read)
            after = desk.rows(codebook=CHECKWORTHY)
            assert gone not in {row["highlight_id"] for row in after}
            kept_ids = {row["highlight_id"] for row in rows}
            for row in after:
                row["highlight_id"] *= row["highlight_id"] in kept_ids
            outcomes.append((report, sorted(portable(after), key=str)))
    assert outcomes[0] == outcomes[1] == outcomes[2]
    report, after = outcomes[0]
    assert len({(row["annotator"], row["start"], row["end"]) for row in rows}) == len(after)
    assert (report.rejected, report.imported) == (2, len(after))
    assert report.present == report.read - report.imported - report.rejected
    assert report.differing >= len(elsewhere)
    assert {problem.kind for problem in report.problems} == {"rejected", "differs"}
    assert [p.line for p in report.problems] == sorted(p.line for p in report.problems)
    assert sum(row["highlight_id"] == "" for row in after) == 2
