"""Writes annotated articles as a Markdown report: to print, to send, to read as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reader.domain.records import dataclass
from reader.domain.text import Block
from reader.domain.untrusted import safe
from reader.formats.atomic import Writable
from reader.formats.markdown_marks import Mark, heading, marked_text
from reader.formats.markdown_text import address, at_start, inline, linked

_LONGEST_QUOTE = 600
"""Code points of a quotation that an entry repeats; the text has all of it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A highlight as it is listed below the text.

    Attributes:
        number: That of its mark.
        heading: Its tags in words.
        quote: Its words.
        facts: What else is to be said, label and text; the text may have several lines.
        history: Steps, oldest first.
        whose: Name of the annotator; empty where all of the article are one's.
    """

    number: int
    heading: str
    quote: str
    facts: tuple[tuple[str, str], ...] = ()
    history: tuple[str, ...] = ()
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of an article.

    Attributes:
        label: What it says.
        text: The figure; may be empty where there are rows.
        rows: The same of each annotator, name and text; empty where there is one only.
    """

    label: str
    text: str
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One article of a report; what can be long is gone through once.

    Attributes:
        title: Title or first words.
        url: Where it can be found.
        facts: What is known of it, label and text.
        overall: What is said of it as a whole.
        figures: What was counted.
        text: Canonical text.
        blocks: Its blocks.
        marks: Highlights as they stand in the text.
        entries: The same highlights, listed.
    """

    title: str
    url: str | None
    facts: tuple[tuple[str, str], ...]
    overall: tuple[tuple[str, str], ...]
    figures: tuple[Figure, ...]
    text: str
    blocks: Iterable[Block]
    marks: Iterable[Mark]
    entries: Iterable[Entry]


@dataclass(frozen=True, slots=True)
class Legend:
    """What the tags of one question mean.

    Attributes:
        title: The codebook, in words.
        question: The question.
        tags: Symbol with label, and definition.
    """

    title: str
    question: str
    tags: tuple[tuple[str, str], ...]


def write_report(
    reports: Iterable[Report],
    legend: Sequence[Legend],
    target: Writable,
    *,
    named: bool = False,
) -> int:
    """Write the articles one after the other, holding none of them.

    Args:
        reports: The articles.
        legend: What the tags mean.
        target: Where to.
        named: Whether the marks in some article have names, which the legend tells then.

    Returns:
        The number of highlights.
    """
    count = 0
    for number, report in enumerate(reports):
        if number:
            target.write("---\n\n")
        for piece in _head(report):
            target.write(piece)
        if not number:
            for piece in _legend(legend, named=named):
                target.write(piece)
        target.write("## Text\n\n")
        for piece in marked_text(report.text, report.blocks, report.marks):
            target.write(piece)
        target.write("## Annotations\n\n")
        before = count
        for entry in report.entries:
            count += 1
            target.write(_entry(entry))
        target.write("\n" if count > before else "None.\n\n")
    return count


def _head(report: Report) -> Iterator[str]:
    """Yield title, facts, what is said of the whole, figures."""
    yield f"# {heading(_line(report.title))}\n\n"
    link = address(report.url)
    if link:
        yield f"- address: <{link}>\n"
    for label, text in report.facts:
        yield _fact(label, text, "")
    yield "\n"
    if report.overall:
        yield "## As a whole\n\n"
        yield from (_fact(label, text, "") for label, text in report.overall)
        yield "\n"
    yield "## Figures\n\n"
    for figure in report.figures:
        yield _fact(figure.label, figure.text, "")
        yield from (_fact(name, text, "  ") for name, text in figure.rows)
    yield "\n"


def _legend(legend: Sequence[Legend], *, named: bool) -> Iterator[str]:
    yield "## Legend\n\n"
    names = " Where several people have marked an article, the name of whose it is comes first."
    yield (
        "In the text, ⟦¹ and ⟧¹ stand where the highlight of that number begins and ends; "
        f"before the number at the end are the symbols of its tags, – for none.{names * named}\n\n"
    )
    for item in legend:
        yield f"{_line(item.title)}: {_within(item.question)}\n\n"
        for name, definition in item.tags:
            yield f"- **{_within(name)}**: {_within(definition)}\n"
        yield "\n"


def _entry(entry: Entry) -> str:
    """Return one numbered entry with its facts below it."""
    number = f"{entry.number}. "
    indent = " " * len(number)
    cut = len(entry.quote) > _LONGEST_QUOTE
    quote = _within(entry.quote[:_LONGEST_QUOTE]) + ("…" if cut else "")
    whose = f"{_line(entry.whose)}: " if entry.whose else ""
    parts = [f"{number}{whose}**{_within(entry.heading)}** “{quote}”\n"]
    parts += [_fact(label, text, indent) for label, text in entry.facts]
    if entry.history:
        parts.append(f"{indent}- history:\n")
        parts += [f"{indent}  - {_line(step)}\n" for step in entry.history]
    return "".join(parts)


def _fact(label: str, text: str, indent: str) -> str:
    """Return one item of a list; a text of several lines keeps them, addresses are links."""
    lines = [linked(_as_line(line)) for line in text.split("\n") if line.split()]
    if not lines:
        return f"{indent}- {_line(label)}\n"
    rest = "".join(f"  \n{indent}  {at_start(line)}" for line in lines[1:])
    return f"{indent}- {_line(label)}: {lines[0]}{rest}\n"


def _line(text: str) -> str:
    """Return any text as one line without meaning."""
    return at_start(_within(text))


def _within(text: str) -> str:
    """Return any text as a part of a line without meaning."""
    return inline(_as_line(text))


def _as_line(text: str) -> str:
    return " ".join(safe(text).split())
