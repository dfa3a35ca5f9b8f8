"""Articles and edits like real ones, with the true place of every stretch in the edited text.

A text is a list of characters, each with the offset that it had; what is put in has none. So the
truth needs no search: it is where the characters of a stretch went.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reader.assets import seeds_dir
from reader.domain.text import Span

Traced = list[tuple[str, int | None]]
"""Characters, each with its offset in the text before the edits, or None."""
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?]['\"’”)]*(?=\s)|(?=\n)|\Z)")
_INSERTED = (
    "The story was updated on Thursday with a reply from the company.",
    "Nobody at the ministry would confirm this on the record.",
    "An earlier version of this article gave another figure.",
    "It later emerged that the letter had never been sent.",
    "Neighbours said they had heard about it from the radio.",
    "In the afternoon the site could not be reached.",
)
_OTHER_WORDS = (
    "harbour", "seldom", "committee", "yesterday", "plainly", "grain", "editor", "thirty", "under",
    "refuses", "bridges", "quietly", "winter", "letters", "agreed", "later", "northern", "price",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edited:
    """A text, what became of it, and stretches of it.

    Attributes:
        old: The text before.
        new: The text after.
        stretches: What was marked in the old text.
        truth: Where each of them is in the new one; None if it is gone.
    """

    old: str
    new: str
    stretches: list[Span]
    truth: list[Span | None]


def articles() -> list[str]:
    """Return texts of our own that read like articles."""
    names = sorted(path for path in seeds_dir().iterdir() if path.suffix != ".toml")
    texts = [path.read_text("utf-8").strip() for path in names]
    return [*texts, "\n\n".join(texts)]


def edited(kind: str, text: str, seed: int) -> Edited:
    """Return a text with an edit of a kind (a key of :data:`KINDS`), the same for each seed."""
    chance = random.Random(f"{kind} {seed}")
    stretches = _stretches(text, chance)
    traced: Traced = [(letter, offset) for offset, letter in enumerate(text)]
    gone: set[Span] = set()
    if kind.endswith("gone"):
        gone = set(chance.sample(stretches, len(stretches) // 8))
        stretches = [span for span in stretches if span in gone or not _touches(span, gone)]
        traced = _without(traced, gone, chance)
    traced = KINDS[kind](traced, chance)
    truth = _truth(traced, stretches, gone)
    return Edited(text, "".join(letter for letter, _ in traced), stretches, truth)


def _stretches(text: str, chance: random.Random) -> list[Span]:
    """Return what a reader marks: sentences, mostly, and parts of them."""
    found = []
    for match in _SENTENCE.finditer(text):
        words = list(_WORD.finditer(text, *match.span()))
        if len(words) < 4:
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        found.append(Span(start, match.end()))
        if chance.random() < 0.4:
            count = chance.randint(3, min(10, len(words)))
            first = chance.randint(0, len(words) - count)
            found.append(Span(words[first].start(), words[first + count - 1].end()))
    return found


def _touches(span: Span, others: set[Span]) -> bool:
    return any(span.overlaps(other) for other in others)


def _truth(traced: Traced, stretches: list[Span], gone: set[Span]) -> list[Span | None]:
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for at, (_, old) in enumerate(traced):
        if old is not None:
            first.setdefault(old, at)
            last[old] = at
    found: list[Span | None] = []
    for span in stretches:
        left = [old for old in range(*span) if old in first]
        there = left and span not in gone
        found.append(
            Span(min(first[old] for old in left), max(last[old] for old in left) + 1)
            if there
            else None
        )
    return found


# ---------------------------------------------------------------------- the edits


def _text(traced: Traced) -> str:
    return "".join(letter for letter, _ in traced)


def _replaced(traced: Traced, start: int, end: int, put: str) -> Traced:
    """Replace characters by others that stand for them: the ends of what they were in stay."""
    before = traced[start:end]
    count = len(put)
    made = [
        (letter, before[min(len(before) - 1, at * len(before) // max(1, count))][1])
        for at, letter in enumerate(put)
    ]
    if made and len(made) > 1:
        made[-1] = (made[-1][0], before[-1][1])
    return traced[:start] + made + traced[end:]


def _words(traced: Traced) -> list[re.Match[str]]:
    return list(_WORD.finditer(_text(traced)))


def _typo(traced: Traced, chance: random.Random) -> Traced:
    """Mend or make a dozen typing errors."""
    words = [word for word in _words(traced) if len(word[0]) > 3]
    for word in sorted(chance.sample(words, min(12, len(words))), key=lambda w: -w.start()):
        at = chance.randint(1, len(word[0]) - 3)
        put = word[0][:at] + word[0][at + 1] + word[0][at] + word[0][at + 2 :]
        traced = _replaced(traced, *word.span(), put)
    return traced


def _inserted(traced: Traced, chance: random.Random) -> Traced:
    """Put four sentences in, between others."""
    ends = [m.end() for m in re.finditer(r"[.!?](?= )", _text(traced))]
    for at in sorted(chance.sample(ends, min(4, len(ends))), reverse=True):
        put: Traced = [(letter, None) for letter in " " + chance.choice(_INSERTED)]
        traced = traced[:at] + put + traced[at:]
    return traced


def _moved(traced: Traced, chance: random.Random) -> Traced:
    """Move a paragraph, and change a word in it now and then."""
    paragraphs: list[Traced] = [[]]
    for number, item in enumerate(traced):
        paragraphs[-1].append(item)
        if item[0] == "\n" and traced[number - 1][0] == "\n":
            paragraphs.append([])
    paragraphs[-1] += [("\n", None), ("\n", None)]
    paragraph = paragraphs.pop(chance.randrange(len(paragraphs)))
    if _words(paragraph) and chance.random() < 0.3:
        word = chance.choice(_words(paragraph))
        paragraph = _replaced(paragraph, *word.span(), chance.choice(_OTHER_WORDS))
    paragraphs.insert(chance.randrange(len(paragraphs)), paragraph)
    return [item for part in paragraphs for item in part]


def _curled(traced: Traced, chance: random.Random) -> Traced:
    """Set other quotation marks, dashes and apostrophes, as another editor's program would."""
    curl = {'"': "“", "'": "’", "-": "–"} if chance.random() < 0.5 else {}
    straight = {"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "…": "..."}
    made: Traced = []
    for letter, old in traced:
        made += [(put, old) for put in (curl or straight).get(letter, letter)]
    return made


def _reflowed(traced: Traced, chance: random.Random) -> Traced:
    """Break lines elsewhere: other white space, the same words."""
    made: Traced = []
    for letter, old in traced:
        put = letter
        if letter == " " and chance.random() < 0.3:
            put = chance.choice(["\n", "  ", "\u00a0", " \n "])
        elif letter == "\n" and chance.random() < 0.2:
            put = " "
        made += [(one, old if not at else None) for at, one in enumerate(put)]
    return made


def _tenth(traced: Traced, chance: random.Random) -> Traced:
    """Change a tenth of the words."""
    words = _words(traced)
    for word in sorted(chance.sample(words, len(words) // 10), key=lambda w: -w.start()):
        traced = _replaced(traced, *word.span(), chance.choice(_OTHER_WORDS))
    return traced


def _cut(traced: Traced, chance: random.Random) -> Traced:
    """Shorten, lengthen and correct here and there, as a second edition does."""
    traced = _inserted(_typo(traced, chance), chance)
    words = _words(traced)
    for word in sorted(chance.sample(words, len(words) // 50), key=lambda w: -w.start()):
        put: Traced = [(letter, None) for letter in chance.choice(_OTHER_WORDS) + " "]
        traced = traced[: word.start()] + put + traced[word.start() :]
    return traced


def _everything(traced: Traced, chance: random.Random) -> Traced:
    """Do it all: what is left of a draft after a night."""
    for edit in (_typo, _moved, _moved, _inserted, _curled, _tenth, _reflowed):
        traced = edit(traced, chance)
    return traced


def _another(traced: Traced, chance: random.Random) -> str:
    """Return another statement in which a quarter of the words is the same."""
    return _WORD.sub(
        lambda word: word[0] if chance.random() < 0.25 else chance.choice(_OTHER_WORDS),
        _text(traced),
    )


def _without(traced: Traced, gone: set[Span], chance: random.Random) -> Traced:
    """Take stretches out; put something else in the place of most of them."""
    left: Traced = []
    at = 0
    for span in sorted(gone):
        if span.start < at:
            continue
        left += traced[at : span.start]
        put = chance.choice(["", chance.choice(_INSERTED), _another(traced[slice(*span)], chance)])
        left += [(letter, None) for letter in put]
        at = span.end
    return left + traced[at:]


KINDS: dict[str, Callable[[Traced, random.Random], Traced]] = {
    "typing errors": _typo,
    "sentences put in": _inserted,
    "paragraph moved": _moved,
    "quotes curled": _curled,
    "white space reflowed": _reflowed,
    "a tenth of the words changed": _tenth,
    "second edition": _cut,
    "all of these": _everything,
    "quotation gone": lambda traced, chance: traced,
    "second edition, quotation gone": _cut,
}
"""Edits by name."""


def all_edited(seeds: Sequence[int], most: int | None = None) -> dict[str, list[Edited]]:
    """Return every text (or only some) with every edit, by kind."""
    texts = articles()[:most]
    return {kind: [edited(kind, text, seed) for seed in seeds for text in texts] for kind in KINDS}
