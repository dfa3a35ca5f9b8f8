"""Commands that take something in: ``import``, ``merge``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.cli import output
from reader.cli.session import Session, as_json, with_session

if TYPE_CHECKING:
    from reader.services.exchange.logs import TakenIn
    from reader.storage.library import Library


_LINES = 5
"""Line numbers that are named where many lines have the same fault."""


@click.group("import")
def import_() -> None:
    """Read highlights, or a whole library, from a file."""


@import_.command("csv")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--as-mine", is_flag=True, help="Take them in as new highlights of your own, whosever they are."
)
@as_json
@with_session
def import_csv(session: Session, file: Path, as_mine: bool, as_json: bool) -> int:
    """Read a CSV FILE that `reader export csv` wrote.

    Each is placed by the text's SHA-256 and its offsets, else by its words and what stands around
    them. The articles must be in the library. Highlights keep their annotator, unless you want them
    as your own; when they were made is not kept. One that is there already, or whose words the same
    annotator has marked already, is left as it is, so importing twice changes nothing. One undo on
    an article takes back what came in on it.

    Prints how many rows were read, imported, there already, not placed and rejected, and why, on
    stderr. The exit status is 1 if a row was rejected, not placed, or there with other content.
    """
    from reader.services import importing

    with session.library() as library, output.Progress("rows") as progress:
        me = session.me(library)
        report = importing.import_csv(library, file, me, as_mine=as_mine, progress=progress)
    if as_json:
        output.document(asdict(report))
    else:
        output.line(
            f"read {report.read}, imported {report.imported}, already there {report.present},"
            f" not placed {report.unplaced}, rejected {report.rejected}"
        )
        if report.relations or report.evidence:
            output.note(f"Relations {report.relations}, links to evidence {report.evidence}.")
        _say_more(report)
        for handle, count in report.others.items():
            rows = output.counted(count, "row")
            output.note(
                f"Already there as {handle}'s, by the columns annotator and highlight_id: {rows}."
                f" To have them as {session.handle}'s, too: --as-mine."
            )
    return 1 if report.unplaced or report.rejected or report.differing or report.loose else 0


def _say_more(report: object) -> None:
    from reader.services.importing.report import ImportReport

    assert isinstance(report, ImportReport)  # noqa: S101 - tells the type checker, costs nothing
    if report.skipped:
        rows = output.counted(report.skipped, "row")
        output.note(f"Passed over, since they are statements without a highlight: {rows}.")
    if report.by_quote:
        rows = output.counted(report.by_quote, "row")
        output.note(f"Placed by their words, not by their offsets: {rows}.")
    if report.without_fate:
        rows = output.counted(report.without_fate, "row")
        output.note(f"Taken in without fate and earlier_text, as made on this text: {rows}.")
    if report.unknown_columns:
        output.note(f"Columns that were not understood: {', '.join(report.unknown_columns)}.")
    for article, count in report.missing.items():
        rows = output.counted(count, "row")
        output.note(f"{rows} not placed: the article is not in the library: {article}")
    if report.missing:
        it = "it" if len(report.missing) == 1 else "them"
        output.note(f"  Add {it} first: reader add FILE. Then import again.")
    others = [problem for problem in report.problems if not problem.article]
    _say_problems([(problem.line, problem.reason) for problem in others])
    more = report.unplaced + report.rejected + report.differing + report.loose
    _say_rest(more - sum(report.missing.values()) - len(others))


def _say_problems(problems: Sequence[tuple[int, str]]) -> None:
    """Print why lines were not taken, each reason once."""
    lines: dict[str, list[int]] = {}
    for line, reason in problems:
        lines.setdefault(reason, []).append(line)
    for reason, where in lines.items():
        shown = ", ".join(map(str, where[:_LINES]))
        more = f" and {len(where) - _LINES} more" if len(where) > _LINES else ""
        output.note(f"line{'s' if len(where) > 1 else ''} {shown}{more}: {reason}")


def _say_rest(count: int) -> None:
    if count > 0:
        output.note(f"… and {count} more.")


@import_.command("jsonl")
@click.argument("file", type=click.Path(path_type=Path))
@as_json
@with_session
def import_jsonl(session: Session, file: Path, as_json: bool) -> int:
    """Take in a FILE that `reader export jsonl` wrote.

    Into an empty library it gives the same library again, in which you are who has your name: so
    take into it only a file of your own. Into another one it gives the union of
    both logs: every operation of either, and in each field what the latest of them said. It can be
    repeated, in any order, and gives the same on every machine. Annotators of the same name stay
    different people.

    An action that cannot be taken in is rejected as a whole, with those that need it, and all
    others are taken in. The exit status is 1 if anything was rejected or the file is cut.
    """
    from reader.services.exchange import logs as exchange

    with session.library() as library, output.Progress("lines") as progress:
        restored = library.log.is_empty()
        if not restored:
            session.me(library)  # before others of that name come
        report = exchange.import_jsonl(library, file, progress=progress)
        me = library.annotators.find(session.handle) if restored else None
        namesakes = _namesakes(library, session.handle) if report.imported else []
    if me:
        namesakes.insert(0, f"The library was empty: {session.handle} ({me}) of the file is you.")
    return _say_taken_in(report, namesakes, as_json=as_json)


@click.command()
@click.argument("other", metavar="OTHER.db", type=click.Path(path_type=Path))
@as_json
@with_session
def merge(session: Session, other: Path, as_json: bool) -> int:
    """Take another library file into this one.

    As `reader export jsonl` there and `reader import jsonl` into a library that is not empty. The
    other file is only read. Whoever has your name there is another person, until you join the two.
    """
    from reader.services.exchange import logs as exchange

    with session.library() as library, output.Progress("records") as progress:
        session.me(library)  # before others of that name come
        report = exchange.merge_library(library, other.expanduser(), progress=progress)
        namesakes = _namesakes(library, session.handle) if report.imported else []
    return _say_taken_in(report, namesakes, as_json=as_json)


def _namesakes(library: Library, handle: str) -> list[str]:
    """Return what to do about other annotators of one's own name, whose highlights are no own."""
    me = library.annotators.find(handle)
    if me is None or list(library.annotators.handles().values()).count(handle) == 1:
        return []
    return [
        f"Another annotator is called {handle}, and has "
        f"{output.counted(item.highlights, 'highlight')}: if that is you, "
        f"`reader annotator join {item.uid} {me}`."
        for item in library.annotators.all()
        if item.handle == handle and item.uid != me and not item.joined_into and item.highlights
    ]


def _say_taken_in(report: TakenIn, namesakes: Sequence[str], *, as_json: bool) -> int:
    if as_json:
        output.document(asdict(report))
    else:
        output.line(
            f"operations read {report.read}, new {report.imported}, already there"
            f" {report.present}; new texts {report.articles}, new codebooks {report.codebooks};"
            f" rejected {report.rejected}"
        )
        for text in (*_notes_on(report), *namesakes):
            output.note(text)
        _say_problems([(problem.line, problem.reason) for problem in report.problems])
        _say_rest(report.rejected - len(report.problems))
    return 0 if report.is_whole else 1


def _notes_on(report: TakenIn) -> Iterator[str]:
    """Yield what is to be noticed of what was taken in."""
    if report.joined:
        yield (
            f"{output.counted(report.joined, 'highlight')} joined into older ones of the same "
            "annotator on the same words."
        )
    if report.stay_deleted:
        yield (
            f"{output.counted(report.stay_deleted, 'highlight')} that one library had deleted and "
            "the other changed: deleted it stays. `reader log ARTICLE` has the changes."
        )
    if report.purged:
        yield (
            f"{output.counted(report.purged, 'record')} left out: their article was purged here. "
            "Add it again to take them in."
        )
    if report.cut:
        yield "The file was cut short, or lines are missing in it."
