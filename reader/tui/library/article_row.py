"""Draws one article of the list in one row."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from reader.domain.records import NamedTuple, dataclass
from reader.domain.untrusted import safe
from reader.tui.widgets.cells import PLAIN, cells_of, clip, fit, row, seg
from reader.tui.widgets.counts import CountItem

_BARS = 10, 5
"""Cells of the bar of progress; the shorter one where the longer one would cut titles."""
_TAGS = 22
"""Cells for the tags given at most, seven of them with one figure each."""
_OUTLETS = 24, 18, 12
"""Cells for the outlet at most; fewer where titles would be cut."""
_DATE = 10
_WIDE = 110
_OUTLET_FROM = 92
_TAGS_FROM = 76
_NARROW = 60
_SMALL = 50
_ADDED = 14
"""Cells of when an article was added, in brackets, with a space before them."""
_LABEL, _MOST_VERDICTS = 14, 2
"""Cells of what a verdict is called; so many of them are shown."""
_SHORTEST = 8
"""Cells of labels at least: fewer would say nothing, and are the title's."""

SIGNS = {"unread": "○", "reading": "●", "done": "✓", "archived": "▾"}
"""The signs of the statuses, in the dim ink that no tag has."""


@dataclass(frozen=True, slots=True)
class ArticleItem:
    """An article as the list shows it.

    Attributes:
        id: Its local id.
        uid: The article's uid.
        name: Title or first words.
        outlet: Where it was published, or an empty string.
        date: When, or an empty string.
        status: One of ``ALL_STATUSES``.
        percent: How far it was read, 0-100.
        counts: Tags given, those given at least once.
        highlights: How many highlights.
        labels: Its labels, separated by commas.
        verdicts: Symbol, colour and label of what was judged of it as a whole.
        added: When it was added, if that tells it from another one of its name; or empty.
    """

    id: int
    uid: str
    name: str
    outlet: str
    date: str
    status: str
    percent: int
    counts: tuple[CountItem, ...] = ()
    highlights: int = 0
    labels: str = ""
    verdicts: tuple[tuple[str, str, str], ...] = ()
    added: str = ""


@dataclass(frozen=True, slots=True)
class RowStyles:
    """How the parts of a row look.

    Attributes:
        dim: Everything but the title.
        bar: The bar before the current article.
        title: The title of the current article.
        mark: The sign before marked articles.
        ink: The style of a sign in a tag's colour.
        plain: Whether words stand for signs and bars, for screen readers.
    """

    dim: Style
    bar: Style
    title: Style
    mark: Style
    ink: Callable[[str], Style]
    plain: bool = False


class Needs(NamedTuple):
    """The cells that the widest one of the articles seen takes in each column.

    Attributes:
        name: Title, labels and verdicts.
        outlet: The outlet.
        date: The date.
        tags: The tags given.
        signs: The signs of verdicts.
    """

    name: int = 0
    outlet: int = 0
    date: int = 0
    tags: int = 0
    signs: int = 0

    def and_of(self, item: ArticleItem) -> Needs:
        """Return what these articles and another one need."""
        judged = sum(cell_len(clip(label, _LABEL)) + 4 for *_, label in item.verdicts)
        labels = cell_len(item.labels[:_TAGS]) + 3 if item.labels else 0
        added = _ADDED if item.added else 0
        return Needs(
            max(self.name, _width(item.name) + labels + added + judged),
            max(self.outlet, _width(item.outlet)),
            max(self.date, len(item.date[:_DATE])),
            max(self.tags, sum(cell_len(f"{each.symbol}{each.count} ") for each in item.counts)),
            max(self.signs, 2 * len(item.verdicts[:_MOST_VERDICTS])),
        )


def _width(text: str) -> int:
    return cell_len(clip(text, _WIDE))


class Columns(NamedTuple):
    """The cells of each column but the title's, which has what remains.

    Attributes:
        outlet: The outlet; 0 for none.
        date: The date; 0 for none.
        bar: The bar of progress; 0 for none.
        tags: The tags given.
    """

    outlet: int
    date: int
    bar: int
    tags: int

    @property
    def used(self) -> int:
        """How many cells these columns take, with the sign before the title and blanks."""
        return 4 + sum(cells + 1 for cells in self[:3] if cells) + 7 + self.tags


def columns(needs: Needs, width: int, *, plain: bool = False) -> Columns:
    """Return what the columns take of a row, so that titles are cut last.

    Args:
        needs: What the articles listed take, as far as they are known.
        width: Columns of the row.
        plain: Whether there are no bars.
    """
    tags = min(needs.tags, _TAGS if width >= _TAGS_FROM else 14) if width >= _NARROW else 0
    date = needs.date if width >= _TAGS_FROM else 0
    bars = (0,) if width < _WIDE or plain else _BARS
    outlets = _OUTLETS if width >= _OUTLET_FROM else (0,)
    ways = [Columns(min(needs.outlet, most), date, bar, tags) for most in outlets for bar in bars]
    least = ways[-1]
    if least.used + needs.signs + min(needs.name, width // 2) > width:
        least = least._replace(date=0)
    return next((way for way in ways if way.used + needs.name <= width), least)


def cells(
    item: ArticleItem | None,
    width: int,
    styles: RowStyles,
    needs: Needs,
    *,
    current: bool,
    marked: bool,
    marks: bool,
) -> list[Segment]:
    """Return an article in one row.

    Args:
        item: The article; None if it is not known yet.
        width: Columns.
        styles: How it looks.
        needs: What the articles listed take in each column.
        current: Whether it is the current one.
        marked: Whether it is marked.
        marks: Whether there is a column for marks.
    """
    head = [seg("▌" if current else " ", styles.bar)]
    if marks:
        head.append(seg("x " if marked else "  ", styles.mark))
    if item is None:
        return [*head, seg("…", styles.dim)]
    head.append(seg(_status(item, styles), styles.dim))
    parts = columns(needs, width, plain=styles.plain)
    right = _right(item, width, parts, styles)
    facts = _facts(item, parts)
    room = width - cells_of(head) - cells_of(right) - cell_len(facts) - 1
    title, labels = cell_len(item.name), cell_len(item.labels) + 3 if item.labels else 0
    judged = _verdicts(item, room - min(title, width // 2) - labels, width, styles)
    room = max(8, room - cells_of(judged))
    title = min(title, width * 2 // 5)  # what it keeps, if there is as much at all
    named = _named(item, room, title, styles.title if current else PLAIN, styles.dim)
    return [*head, *named, *judged, seg(facts, styles.dim), *right]


def in_words(
    item: ArticleItem | None, labels: Mapping[str, str], *, marked: bool
) -> tuple[str, ...]:
    """Return an article for who cannot see its row: its title, and what is known of it.

    Args:
        item: The article; None if it is not known yet.
        labels: What the tags' symbols stand for.
        marked: Whether it is marked.
    """
    if item is None:
        return ("…",)
    tags = [f"{count.count:,} {labels.get(count.symbol, count.symbol)}" for count in item.counts]
    judged = [f"verdict: {label}" for _, _, label in item.verdicts]
    judged += [f"labels: {item.labels}"] if item.labels else []
    facts = ["marked" if marked else "", item.status, f"{item.percent} % read", item.outlet,
             item.date[:10], item.added and f"added {item.added}", *tags, *judged]  # fmt: skip
    return safe(item.name), safe(", ".join(filter(None, facts)))


def _status(item: ArticleItem, styles: RowStyles) -> str:
    return f"{item.status:8} " if styles.plain else f"{SIGNS[item.status]} "


def _facts(item: ArticleItem, parts: Columns) -> str:
    """Return outlet and date, where there is room for them."""
    outlet = f"{fit(item.outlet, parts.outlet)} " if parts.outlet else ""
    return outlet + (f"{fit(item.date[:_DATE], parts.date)} " if parts.date else "")


def _named(item: ArticleItem, room: int, title: int, style: Style, dim: Style) -> list[Segment]:
    """Return the title with the labels behind it, which take what it leaves of the room."""
    left = min(room - title, max(room // 2, room - cell_len(item.name)))
    labels = _labels(item.labels, left) if item.labels else ""
    if item.added:  # it has to be seen, or nothing tells it from the other one
        labels = clip(f" ({item.added}){labels}", max(_ADDED, room * 2 // 3))
    name = clip(item.name, room - cell_len(labels))
    used = cell_len(name) + cell_len(labels)
    return [seg(name, style), seg(labels, dim), seg(" " * (room - used + 1), style)]


def _labels(labels: str, room: int) -> str:
    """Return as many whole labels as there is room for, in brackets, or a part of the first one."""
    shown, labels = f" [{labels}]", labels[: max(room, 0)]  # of hundreds only those that may fit
    while cell_len(shown) > room and ", " in labels:
        labels = labels.rpartition(", ")[0]
        shown = f" [{labels}…]"
    if cell_len(shown) <= room:
        return shown
    return clip(shown, room) if room >= _SHORTEST else ""


def _verdicts(item: ArticleItem, room: int, width: int, styles: RowStyles) -> list[Segment]:
    """Return what was judged of the article; in words, too, where title and labels leave room."""
    if width < _NARROW:
        return []
    parts = []
    called = sum(4 + cell_len(clip(label, _LABEL)) for *_, label in item.verdicts[:_MOST_VERDICTS])
    for symbol, color, label in item.verdicts[:_MOST_VERDICTS]:
        sign = styles.ink(color) if color else styles.dim
        parts.append(seg(f"{symbol} ", sign))
        if width >= _TAGS_FROM and called <= room:
            parts.append(seg(f"{clip(label, _LABEL)}  ", styles.dim))
    return parts


def _right(item: ArticleItem, width: int, parts: Columns, styles: RowStyles) -> list[Segment]:
    """Return progress and tags, in columns; where it is narrow, progress alone."""
    dim = styles.dim
    full = round(item.percent * parts.bar / 100)
    bar = f"{'█' * full}{'░' * (parts.bar - full)} " if parts.bar else ""
    progress = [seg(f"{bar}{item.percent:3d} %  ", dim)] if width >= _SMALL else []
    return [*progress, *_tags(item, parts.tags, styles)]


def _tags(item: ArticleItem, room: int, styles: RowStyles) -> list[Segment]:
    """Return the tags given, as many as there is room for; ``+`` stands for the others."""
    if not room:
        return []
    parts: list[Segment] = []
    used = 0
    for count in item.counts:
        text = f"{count.symbol}{count.count} "
        if used + cell_len(text) > room - 2 and count is not item.counts[-1]:
            parts.append(seg("…", styles.dim))
            break
        used += cell_len(text)
        parts += [seg(count.symbol, styles.ink(count.color)), seg(f"{count.count} ")]
    return [*row(parts, room)]
