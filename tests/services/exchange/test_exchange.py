"""Export to CSV and import from it: the two together, and what each refuses."""

import io
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader import assets
from reader.domain.codebook import parse_codebook
from reader.domain.errors import CodebookError, InputError, ReaderError, UsageError
from reader.domain.operation import Group, new_uid
from reader.domain.text import Span, canonical
from reader.formats.csv_columns import NAMES
from reader.services.annotating import history
from reader.services.annotating.edits import changes_between
from reader.services.changes.settling import settle
from reader.services.exchange import watching
from reader.services.exchange.exporting import export_csv
from reader.services.exchange.watching import Cancelled
from reader.services.importing import import_csv
from reader.services.library import changes
from reader.storage.library import Library
from tests.examples import examples
from tests.services.changes_desk import OLD, ChangingDesk
from tests.services.exchange_desk import (
    BOOK,
    CHECKWORTHY,
    OWN,
    TEXT,
    VERDICT,
    Desk,
    csv_text,
    portable,
)


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path / "a.db")
    yield desk
    desk.library.close()


@pytest.fixture
def other(tmp_path):
    """Another, empty library with another person at it."""
    desk = Desk(tmp_path / "b.db", "ben")
    yield desk
    desk.library.close()


# ---------------------------------------------------------------------- export


def test_a_row_says_everything_of_a_highlight(desk):
    desk.add(title="T", outlet="O", byline="B", published_at="2024", url="https://x.example/")
    uid = desk.tag(24, 37, "doubtful", confidence="low", likelihood=30, reason="r", flag=True)
    desk.tag(24, 37, "true", book=VERDICT)
    (row,) = desk.rows()
    version = desk.version
    assert {name: row[name] for name in NAMES if row[name] and name not in OWN} == {
        "article_title": "T",
        "article_outlet": "O",
        "article_byline": "B",
        "article_published": "2024",
        "article_url": "https://x.example/",
        "statement": "3",
        "start": "24",
        "end": "37",
        "text": "Two is there.",
        "tag": "doubtful",
        "tag_label": "doubtful",
        "tag_rank": "-1",
        "confidence": "low",
        "likelihood_pct": "30",
        "reason": "r",
        "other_tags": "verdict-6@2.verdict:true",
        "flag": "true",
        "incomplete": "false",
        "annotator": "ana",
        "paragraph": "2",
        "prefix": TEXT[:24],
        "suffix": TEXT[37 : 37 + 32],
        "codebook": "credibility-7",
        "codebook_version": "2",
        "facet": "credibility",
        "origin": "manual",
        "article_id": desk.article.uid,
        "article_sha256": version.sha256,
        "highlight_id": uid,
        "format_version": "4",
    }


def test_the_tag_columns_are_of_the_facet_that_is_asked_for(desk):
    desk.add()
    desk.tag(11, 23, "plausible")
    codes = [facet.tags[0].code for facet in CHECKWORTHY.statement_facets]
    second = CHECKWORTHY.statement_facets[1]
    many = [item.code for item in second.tags[:2]]
    desk.tag(11, 23, codes[0], *many, book=CHECKWORTHY)
    (row,) = desk.rows(codebook=CHECKWORTHY, facet=second.id)
    assert row["tag"] == " | ".join(sorted(many))
    assert (row["tag_rank"], row["facet"]) == ("", second.id)
    assert "credibility-7@2.credibility:plausible" in row["other_tags"].split(" | ")
    (row,) = desk.rows(codebook=CHECKWORTHY)
    assert row["tag"] == codes[0]
    assert len(row["other_tags"].split(" | ")) == 3
    with pytest.raises(CodebookError):
        desk.export(facet="nowhere")


def test_a_highlight_without_a_tag_of_the_facet_has_empty_tag_columns(desk):
    desk.add()
    desk.tag(0, 4, "false", book=VERDICT)
    (row,) = desk.rows()
    assert (row["tag"], row["tag_rank"], row["incomplete"]) == ("", "", "")
    assert (row["codebook"], row["facet"]) == ("credibility-7", "credibility")


def test_rows_are_in_order_of_article_start_end(desk):
    desk.add("Second text. It is longer.")
    desk.tag(13, 20)
    desk.tag(0, 6)
    desk.tag(0, 12, who="ben")
    desk.add("First words. Of another.")
    desk.tag(0, 5)
    found = [(row["text"], row["annotator"]) for row in desk.rows()]
    assert found == [
        ("Second", "ana"), ("Second text.", "ben"), ("It is l", "ana"), ("First", "ana"),
    ]  # fmt: skip


def test_statement_and_paragraph_of_overlapping_spans_and_of_captions(desk):
    desk.add()
    desk.tag(0, 60)
    desk.tag(20, 26)
    desk.tag(22, 24)
    desk.tag(39, 50)
    desk.tag(61, 70)
    found = [(row["statement"], row["paragraph"]) for row in desk.rows()]
    assert found == [("1", "1"), ("2", "2"), ("2", "2"), ("", "3"), ("4", "4")]


def test_all_statements_adds_those_without_a_highlight(desk):
    desk.add()
    desk.tag(5, 20, "plausible")
    found = [
        (row["statement"], row["text"][:5], row["tag"]) for row in desk.rows(all_statements=True)
    ]
    assert found == [("1", "line\n", "plausible"), ("3", "Two i", ""), ("4", "Four ", "")]
    bare = desk.rows(all_statements=True)[1]
    assert (bare["highlight_id"], bare["flag"], bare["paragraph"]) == ("", "", "2")


def test_further_stretches_count_as_marked(desk):
    desk.add()
    desk.tag(0, 9)
    (highlight,) = desk.library.highlights.overlapping(desk.version.uid, desk.me, 0, 99)
    split = replace(highlight, uid=new_uid(), extra_spans=(Span(24, 30),))
    changes = changes_between(None, replace(split, implicit=False), TEXT)
    desk.library.log.commit(Group("highlight", desk.me, desk.article.uid, changes))
    found = [row["statement"] for row in desk.rows(all_statements=True)]
    assert found == ["1", "1", "2", "4"]


def test_labels_come_from_the_version_that_was_used(desk):
    desk.add()
    source = BOOK.source.replace('label = "doubtful"', 'label = "hm"')
    desk.tag(0, 4, "doubtful", book=parse_codebook(source))
    assert desk.rows()[0]["tag_label"] == "hm"


def test_deleted_highlights_are_not_written_and_archived_articles_are(desk):
    desk.add()
    desk.tag(0, 4, "doubtful")
    desk.tag(0, 4, remove=True)
    assert desk.rows() == []


def test_export_of_some_articles_and_of_an_unknown_one(desk):
    first = desk.add("Second text. It is longer.")
    desk.tag(0, 6)
    desk.add("First words.")
    desk.tag(0, 5)
    out = io.StringIO(newline="")
    done = export_csv(desk.library, [first.uid, first.uid], out, codebook=BOOK)
    assert (done.rows, done.articles, done.path) == (1, 1, None)
    with pytest.raises(UsageError):
        export_csv(desk.library, ["nowhere"], out, codebook=BOOK)


def test_a_file_is_replaced_as_a_whole_or_not_at_all(desk, tmp_path, monkeypatch):
    desk.add()
    desk.tag(0, 4)
    path = tmp_path / "out.csv"
    assert export_csv(desk.library, None, path, codebook=BOOK).path == path
    old = path.read_bytes()
    with pytest.raises(UsageError, match="there already"):
        export_csv(desk.library, None, path, codebook=BOOK)
    monkeypatch.setattr(watching, "STEP", 1)
    with pytest.raises(Cancelled):
        export_csv(
            desk.library,
            None,
            path,
            codebook=BOOK,
            force=True,
            cancelled=iter([False, True]).__next__,
        )

    def fail(count: int) -> None:
        raise ReaderError("no")

    with pytest.raises(ReaderError):
        export_csv(desk.library, None, path, codebook=BOOK, force=True, progress=fail)
    assert path.read_bytes() == old
    assert sorted(p.suffix for p in tmp_path.iterdir() if p.suffix == ".tmp") == []


def test_progress_is_told_and_ends_with_the_number_of_rows(desk):
    desk.add()
    desk.tag(0, 4)
    told: list[int] = []
    desk.export(progress=told.append)
    assert told[-1] == 1


def test_pandas_reads_it_back(desk, tmp_path):
    pandas = pytest.importorskip("pandas")
    desk.add('=SUM(A1) "quoted", with commas\n\nline\nbreak | and \\ and émoji 🙂 中文.')
    desk.tag(0, 8, "doubtful", note='a\nb,"c"', likelihood=7)
    desk.tag(9, 17)
    path = desk.file(tmp_path / "out.csv")
    frame = pandas.read_csv(path, encoding="utf-8-sig")
    assert list(frame.columns) == list(NAMES)
    assert list(frame["text"]) == ["=SUM(A1)", '"quoted"']
    assert list(frame["note"].fillna("")) == ['a\nb,"c"', ""]
    assert frame["start"].dtype.kind == "i"
    assert frame["flag"].dtype == bool
    assert frame["likelihood_pct"][0] == 7


# ---------------------------------------------------------------------- there and back

PIECES = ["=1+1", "'", "''=", "+", "-", "@", "\t", "\n", '"', '""', "|", " | ", "\\", ":", ",", ";",
          "中文。", "🙂", "é", "e\u0301", "\u200f", "word", " ", "a. B", "\ufffd"]  # fmt: skip
nasty = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=6).map("".join)
storable = nasty.map(lambda text: text.encode("utf-8", "replace").decode())
article_text = st.lists(storable, min_size=1, max_size=12).map(
    lambda parts: canonical("x" + "\n\n".join(parts))
)
marks = st.lists(
    st.fixed_dictionaries(
        {
            "at": st.integers(0, 200),
            "length": st.integers(1, 60),
            "code": st.sampled_from([None, *(t.code for t in BOOK.facets[0].tags)]),
            "verdict": st.booleans(),
            "note": st.none() | storable,
            "reason": st.none() | storable,
            "confidence": st.sampled_from([None, "low", "moderate", "high"]),
            "likelihood": st.none() | st.integers(0, 100),
            "flag": st.none() | st.booleans(),
            "who": st.sampled_from(["ana", "=cmd", "O'Neil | x:y"]),
        }
    ),
    max_size=5,
)


def mark(desk: Desk, item: dict) -> None:
    length = len(desk.version.text)
    start = item["at"] % length
    end = min(length, start + item["length"])
    codes = [item["code"]] if item["code"] else []
    more = {"confidence": "", "likelihood": "", "reason": ""} if codes else {}
    wish = {name: item[name] for name in more}
    desk.tag(start, end, *codes, who=item["who"], note=item["note"], flag=item["flag"], **wish)
    if item["verdict"]:
        desk.tag(start, end, "true", book=VERDICT, who=item["who"])


@settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(article_text, storable, marks, st.booleans())
def test_what_is_exported_comes_in_again_the_same(text, title, items, spreadsheet):
    with tempfile.TemporaryDirectory() as folder:
        one, two = Desk(Path(folder) / "1.db"), Desk(Path(folder) / "2.db", "ben")
        with one.library, two.library:
            for desk in (one, two):
                desk.add(text, title=title)
            for item in items:
                mark(one, item)
            path = one.file(Path(folder) / "x.csv", spreadsheet=spreadsheet)
            report = two.read(path)
            before = one.rows(spreadsheet=spreadsheet)
            assert report.imported == report.read == len(before), report.problems
            assert portable(two.rows(spreadsheet=spreadsheet)) == portable(before)
            count = two.operations()
            again = two.read(path)
            assert (again.present, again.differing, again.imported) == (len(before), 0, 0)
            assert two.operations() == count


def test_a_facet_that_takes_many_comes_in_again(desk, other, tmp_path):
    facet = CHECKWORTHY.statement_facets[1]
    for one in (desk, other):
        one.add()
    first = CHECKWORTHY.statement_facets[0].tags[0].code
    desk.tag(0, 4, first, *(t.code for t in facet.tags[:3]), book=CHECKWORTHY)
    options = {"codebook": CHECKWORTHY, "facet": facet.id}
    report = other.read(desk.file(tmp_path / "x.csv", **options))
    assert report.imported == 1
    assert portable(other.rows(**options)) == portable(desk.rows(**options))
    assert portable(other.rows()) == portable(desk.rows())


def test_an_export_by_another_codebook_is_there_already(desk, tmp_path):
    desk.add()
    admiralty = assets.load_builtin("admiralty")
    first = admiralty.statement_facets[0].tags[0].code
    said = {"confidence": "low", "likelihood": 40, "reason": "hearsay"}
    desk.tag(0, 4, "plausible", **said)
    desk.tag(0, 4, first, book=admiralty, confidence="high", reason="seen")
    desk.tag(11, 14, "doubtful", **said)
    for book in (admiralty, BOOK, VERDICT):
        report = desk.read(desk.file(tmp_path / "x.csv", codebook=book))
        assert (report.present, report.differing, report.problems) == (2, 0, [])
    rows = desk.rows(codebook=admiralty)
    changes = {"reason": "told", "confidence": "low", "likelihood_pct": "7", "other_tags": ""}
    for name, value in changes.items():
        path = tmp_path / "y.csv"
        path.write_text(csv_text([{**rows[0], name: value}]), "utf-8", newline="")
        assert desk.read(path).differing == 1, name


def test_a_facet_that_takes_many_is_there_already(desk, tmp_path):
    desk.add()
    facet = CHECKWORTHY.statement_facets[1]
    first = CHECKWORTHY.statement_facets[0].tags[0].code
    codes = [t.code for t in facet.tags[:3]]
    desk.tag(0, 4, first, *codes, book=CHECKWORTHY)
    for code in codes:
        desk.tag(0, 4, f"{facet.id}:{code}", book=CHECKWORTHY, reason=f"why {code}")
    report = desk.read(desk.file(tmp_path / "x.csv", codebook=CHECKWORTHY, facet=facet.id))
    assert (report.present, report.differing, report.problems) == (1, 0, [])


# ---------------------------------------------------------------------- import


def test_the_owner_stays_and_the_import_is_one_action_of_the_importer(desk, other, tmp_path):
    for one in (desk, other):
        one.add()
    for start in (0, 11, 24):
        desk.tag(start, start + 4, "plausible", note="n")
    report = other.read(desk.file(tmp_path / "x.csv"))
    assert report.imported == 3
    assert {row["annotator"] for row in other.rows()} == {"ana"}
    groups = {op.group_uid for op in other.library.log.operations(other.article.uid)}
    assert len(groups) == 2  # the capture and the import
    undone = history.undo(other.library, other.article.uid, other.me)
    assert undone is not None
    assert undone.summary == "import from CSV (3 highlights by ana)"
    assert other.rows() == []
    history.redo(other.library, other.article.uid, other.me)
    assert portable(other.rows()) == portable(desk.rows())
    other.library.log.rebuild()
    assert portable(other.rows()) == portable(desk.rows())


def test_what_was_deleted_here_comes_in_under_a_new_id(desk, tmp_path):
    desk.add()
    uid = desk.tag(0, 4, "plausible")
    path = desk.file(tmp_path / "x.csv")
    desk.tag(0, 4, remove=True)
    assert desk.read(path).imported == 1
    (row,) = desk.rows()
    assert row["highlight_id"] != uid
    assert row["tag"] == "plausible"
    assert desk.read(path).present == 1


def test_what_is_there_with_other_content_stays_and_is_told(desk, tmp_path):
    desk.add()
    desk.tag(0, 4, "plausible")
    path = desk.file(tmp_path / "x.csv")
    desk.tag(0, 4, "doubtful")
    report = desk.read(path)
    assert (report.present, report.differing, report.imported) == (1, 1, 0)
    assert report.problems[0].kind == "differs"
    assert desk.rows()[0]["tag"] == "doubtful"


def test_nobody_is_entered_for_a_row_that_does_not_come_in(desk, tmp_path):
    desk.add()
    desk.tag(0, 4, "plausible")
    path = tmp_path / "x.csv"
    path.write_text(desk.export().replace('"ana"', '"eve"'), "utf-8", newline="")
    count = desk.operations()
    assert desk.read(path).differing == 1
    assert desk.operations() == count


def test_an_identical_span_of_the_same_person_is_there_already(desk, other, tmp_path):
    for one in (desk, other):
        one.add()
    desk.tag(0, 4, "plausible")
    other.tag(0, 4, "plausible", who="ana")
    other.tag(0, 4, "refuted")
    report = other.read(desk.file(tmp_path / "x.csv"))
    assert (report.present, report.differing) == (1, 0)
    assert len(other.rows()) == 2


def test_without_the_same_text_the_words_decide(desk, other, tmp_path):
    desk.add("Alpha beta. The mayor was safe. Gamma.", title="T")
    desk.tag(12, 31, "plausible")
    other.add("New lead. Alpha beta. The mayor was safe. Gamma. The mayor left.", title="T")
    report = other.read(desk.file(tmp_path / "x.csv"))
    assert (report.imported, report.by_quote) == (1, 1)
    (row,) = other.rows()
    assert (row["text"], row["start"]) == ("The mayor was safe.", "22")
    assert other.read(tmp_path / "x.csv").present == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Quite another text.", "not in the article"),
        ("x. The mayor was safe. y. The mayor was safe. z.", "not in one place"),
    ],
)
def test_words_that_are_not_found_for_certain_are_not_placed(desk, other, tmp_path, text, why):
    desk.add("Alpha beta. The mayor was safe. Gamma.", title="T")
    desk.tag(12, 31, "plausible")
    other.add(text, title="T")
    report = other.read(desk.file(tmp_path / "x.csv"))
    assert (report.imported, report.unplaced) == (0, 1)
    assert why in report.problems[0].reason
    assert other.rows() == []


def test_an_article_that_is_not_there_is_told(desk, other, tmp_path):
    desk.add()
    desk.tag(0, 4)
    report = other.read(desk.file(tmp_path / "x.csv"))
    assert report.unplaced == 1
    assert "not in the library" in report.problems[0].reason


def test_rows_of_statements_without_a_highlight_are_passed_over(desk, tmp_path):
    desk.add()
    desk.tag(0, 4)
    report = desk.read(desk.file(tmp_path / "x.csv", all_statements=True))
    assert (report.read, report.present, report.skipped) == (4, 1, 3)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"tag": "nonsense"}, "has no tag credibility:nonsense"),
        ({"codebook": "nowhere"}, "nowhere@2 is not known"),
        ({"codebook_version": "9"}, "credibility-7@9 is not known"),
        ({"facet": "nowhere"}, "no facet nowhere"),
        ({"other_tags": "credibility-7@1.credibility:refuted"}, "two tags"),
        ({"other_tags": "verdict-6@1.verdict:x"}, "has no tag verdict:x"),
        ({"annotator": "a\nb"}, "annotator"),
        ({"start": "no"}, "start is no number"),
    ],
)
def test_a_rejected_row_changes_nothing_and_the_others_come_in(desk, other, tmp_path, change, why):
    for one in (desk, other):
        one.add()
    desk.tag(0, 4, "plausible")
    desk.tag(11, 20, "doubtful")
    bad, good = desk.rows()
    path = tmp_path / "x.csv"
    path.write_text(csv_text([{**bad, **change, "extra": "?"}, {**good, "extra": ""}]), "utf-8")
    report = other.read(path)
    assert (report.read, report.imported, report.rejected) == (2, 1, 1)
    assert report.problems[0].line == 2
    assert why in report.problems[0].reason
    assert report.unknown_columns == ("extra",)
    assert [row["tag"] for row in other.rows()] == ["doubtful"]


def test_a_file_that_breaks_in_the_middle_changes_nothing(desk, other, tmp_path):
    for one in (desk, other):
        one.add()
    desk.tag(0, 4, "plausible")
    path = desk.file(tmp_path / "x.csv")
    count = other.operations()
    for tail in (b'"open', b"\xff\xfe"):
        path.write_bytes(desk.export().encode() + tail)
        with pytest.raises(InputError):
            other.read(path)
        assert other.operations() == count
        assert "ana" not in other.library.annotators.handles().values()


def test_a_missing_file_and_a_folder_are_worded(desk, tmp_path):
    for path in (tmp_path / "missing.csv", tmp_path):
        with pytest.raises(InputError):
            desk.read(path)


def test_a_codebook_used_here_only_is_known(desk, tmp_path):
    source = BOOK.source.replace('id = "credibility-7"', 'id = "mine"', 1)
    mine = parse_codebook(source)
    desk.add()
    desk.tag(0, 4, "doubtful", book=mine)
    path = desk.file(tmp_path / "x.csv", codebook=mine)
    desk.tag(0, 4, remove=True)
    assert desk.read(path).imported == 1
    assert desk.rows(codebook=mine)[0]["tag_label"] == "doubtful"


def test_orphans_of_a_file_come_in_as_orphans_or_are_told(tmp_path: Path) -> None:
    gone = "Nobody spoke against it."
    new = OLD.replace(f" {gone}", "")
    titled = changes.details_change({"title": "Council"})
    told = {"actor": "", "kind": "details", "summary": "details"}
    file = tmp_path / "o.csv"
    with Library(tmp_path / "a.db") as one:
        desk = ChangingDesk(one)
        changes.perform(one, [desk.article], titled, **told)
        kept, orphan = desk.tag("No date has been set."), desk.tag(gone, 3)
        desk.refresh(new)
        export_csv(one, None, file, codebook=BOOK)
        assert desk.said(orphan) == ("orphaned", gone, None)
    with Library(tmp_path / "b.db") as two:  # has both versions
        other = ChangingDesk(two)
        other.refresh(new)
        report = import_csv(two, file, other.me)
        assert (report.imported, report.unplaced, report.orphans) == (2, 0, 0)
        assert report.without_fate == 1  # the one that was kept
        settle(two, other.article)
        assert other.said(orphan) == ("orphaned", gone, None)
        assert [item.code for item in other.all()[orphan].judgements] == [
            BOOK.facets[0].tags[3].code
        ]
        assert import_csv(two, file, other.me).present == 2
    with Library(tmp_path / "c.db") as three:  # has the later version, and the words elsewhere
        last = ChangingDesk(three, f"{new} Then: {gone}")
        changes.perform(three, [last.article], titled, **told)
        report = import_csv(three, file, last.me)
        assert (report.imported, report.unplaced, report.orphans) == (1, 1, 1)
        (problem,) = report.problems
        assert "it is an orphan" in problem.reason
        assert f"“{gone}”" in problem.reason
        assert [*last.all()] == [kept]
