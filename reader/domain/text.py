"""Canonical text, spans, blocks: what every offset of the program points into.

Offsets are Unicode code points (indices of a Python ``str``), 0-based, end-exclusive.
"""

from __future__ import annotations

from _thread import allocate_lock

from reader.domain.late import Late, LatePattern
from reader.domain.records import NamedTuple, StrEnum, dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    import hashlib
    from collections.abc import Callable
else:
    hashlib = Late("hashlib")

REPLACEMENT = "\ufffd"
"""What stands for a control character in canonical text."""

_OPENING, _CLOSING = '“„«‟"', '”“»‟"…'
_CONTROLS = LatePattern(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class LongText:
    """A long text of which a part was read: the rest is read when more is asked for.

    Args:
        length: Its code points.
        start: Where the part begins.
        part: The part.
        read: Reads all of it; called at most once, from whichever thread first asks for more. What
            it raises comes to who asked.
    """

    def __init__(self, length: int, start: int, part: str, read: Callable[[], str]) -> None:
        self._length = length
        self._span = (start, start + len(part))
        self._part = " " * start + part
        self._read = read
        self._whole: str | None = None
        self._lock = allocate_lock()

    def __len__(self) -> int:
        return self._length

    @property
    def is_read(self) -> bool:
        """Whether all of it is in memory."""
        return self._whole is not None

    def whole(self) -> str:
        """Return all of it."""
        if self._whole is None:
            with self._lock:
                if self._whole is None:
                    self._whole = self._read()
                    self._part = ""
        return self._whole

    def over(self, start: int, end: int) -> str:
        """Return a text that is the same from one code point to another, and one to either side.

        It has the same offsets; what else is in it means nothing.
        """
        part, (first, last) = self._part, self._span
        known = first <= max(start - 1, 0) and min(end + 1, self._length) <= last
        return part if known and self._whole is None else self.whole()


class Span(NamedTuple):
    """A stretch of canonical text, end-exclusive, in code points."""

    start: int
    end: int

    def overlaps(self, other: tuple[int, int]) -> bool:
        """Whether the two share at least one character."""
        return self.start < other[1] and other[0] < self.end


class Role(StrEnum):
    """What a block is in its article."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BODY = "body"
    SUBHEAD = "subhead"
    QUOTE = "quote"
    LIST_ITEM = "list-item"
    CAPTION = "caption"
    CREDIT = "credit"
    BOILERPLATE = "boilerplate"


STATEMENT_ROLES = frozenset(
    {Role.HEADLINE, Role.STANDFIRST, Role.BODY, Role.SUBHEAD, Role.QUOTE, Role.LIST_ITEM}
)
"""Roles whose sentences the cursor moves by."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like part of a version; blocks are disjoint, in order, with white space between.

    Attributes:
        start: First code point.
        end: One past the last code point.
        role: What the block is.
        level: Depth: of a subhead 1-6, of a list item or quote from 1. For body text 0, or 1 for a
            line that follows its predecessor without an empty row (verse, code).
    """

    start: int
    end: int
    role: Role
    level: int = 0


def canonical(text: str) -> str:
    """Return the canonical form of decoded text: the form that offsets point into.

    Leading byte order marks go, CRLF and CR become LF, and control characters other than LF and
    TAB become U+FFFD one for one, so that offsets never shift. Lone surrogates, which no file can
    hold, become U+FFFD as well. Nothing else changes. The function is idempotent.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    cleaned: str = _CONTROLS.sub(REPLACEMENT, text)
    return cleaned


def shortened(text: str, most: int) -> str:
    """Return a text in one line of at most so many code points, the last an ellipsis if it is cut.

    The cost depends on the code points asked for, not on the length of the text.
    """
    words = " ".join(text[: most + 1].split())
    cut = len(text) > most + 1 or len(words) > most
    return f"{words[: most - 1].rstrip()}…" if cut else words


def quoted(text: str) -> str:
    """Return a text in quotation marks, unless it begins with some and ends so, or is cut."""
    own = text[:1] in _OPENING and text[-1:] in _CLOSING and len(text) > 1
    return text if own else f"“{text}”"


def per_cent(part: float, whole: float) -> int:
    """Return which share of a text, or of anything counted, a part is, in per cent.

    A half is rounded up; 0 stands for none and 100 for all, and for nothing near to them. Nothing
    is no share of nothing: 0.
    """
    if part <= 0 or whole <= 0:
        return 0
    return 100 if part >= whole else min(99, max(1, int((200 * part + whole) // (2 * whole))))


def text_sha256(text: str) -> str:
    """Return the hex SHA-256 of the text's UTF-8 form, which identifies a version."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
