"""Whether what was taken from a page can be its article: what looks wrong, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reader.capture.html.head import Head
from reader.capture.html.structured import Structured
from reader.capture.html.walk import Found
from reader.domain.quality import Concern
from reader.domain.text import Role, per_cent

WHOLE_PAGE = "whole-page"
"""Code of a capture that is all of a page."""

_SHORT = 600
"""Code points of text below which a page may be a wall and no article."""
_FEW_WORDS_SHARE = 0.6
"""Share of the words that the page says its article has, below which it is cut off."""
_PAGE_SHARE = 0.25
"""Share of the running text of the page below which much of it was left out."""
_LINK_SHARE = 0.5
_LONG = 80
"""Code points from which a block is running text and no label."""

_COOKIES = re.compile(
    r"(?:we|and our (?:\d+ )?partners|this (?:web)?site|diese (?:web)?seite|wir|nous|utilizamos)\b"
    r".{0,80}\b(?:use|uses|store|verwenden|nutzen|utilisons)?.{0,40}\bcookies?\b|"
    r"\b(?:accept|manage|reject) (?:all )?cookies\b|cookie (?:policy|preferences|settings)|"
    r"your privacy choices|alle akzeptieren|tout accepter|consent to the (?:use|storage)",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"subscri(?:be|bers?|ption)\b.{0,60}\b(?:continue|read|access|unlock|only|exclusive|full)|"
    r"\b(?:continue|keep) reading\b.{0,60}\b(?:subscri|account|free|register|sign)|"
    r"already a (?:subscriber|member)|this (?:article|story|content) is (?:only |exclusively )?"
    r"(?:for|available to) (?:our )?(?:paying )?(?:subscribers|members)|"
    r"unlock this (?:article|story)|"
    r"to read the (?:full|rest|whole)|you have (?:reached|used).{0,40}free articles|"
    r"jetzt (?:abonnieren|weiterlesen)|weiterlesen mit|nur für abonnent|probeabo|"
    r"réservé aux abonnés|il vous reste.{0,20}à lire|exclusivo para suscriptores|"
    r"contenuto riservato",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"\b(?:log|sign) ?in\b.{0,40}\b(?:to|required|continue|account|view)|please (?:log|sign) ?in|"
    r"you must be logged in|create (?:an|a free) account|bitte (?:melden sie sich|einloggen)|"
    r"connectez-vous|inicia sesión",
    re.IGNORECASE,
)
_ROBOT = re.compile(
    r"(?:verify|confirm|prove|checking).{0,40}\b(?:human|robot|browser)|are you a robot|"
    r"enable javascript|javascript is (?:disabled|required)|please turn javascript|access denied|"
    r"just a moment|unusual (?:traffic|activity)|bitte aktivieren sie javascript",
    re.IGNORECASE,
)


def is_wall(words: str) -> bool:
    """Whether words ask to pay or to log in for the rest."""
    return bool(_PAYWALL.search(words) or _LOGIN.search(words))


def concerns(
    article: Sequence[Found],
    page: Sequence[Found],
    head: Head,
    said: Structured,
) -> tuple[Concern, ...]:
    """Return what looks wrong with an extraction, the gravest first.

    Args:
        article: The blocks that were taken.
        page: All blocks of the page.
        head: What the page says of itself.
        said: What its structured data say.
    """
    texts = [block for block in article if block.role not in _NO_TEXT]
    length = sum(len(block.words) for block in texts)
    bodies = [b for b in texts if b.role in (Role.BODY, Role.QUOTE, Role.LIST_ITEM)]
    found = [*_wall(length, bodies, page, head, said)]
    if not bodies:
        found.insert(0, Concern("nothing", "No article was found on the page."))
    elif not found:
        found += _cut_off(length, texts, said)
        found += _left_out(length, page)
    links = sum(block.linked for block in texts)
    if length and links > _LINK_SHARE * length:
        found.append(Concern("mostly-links", "It is mostly links: a page of contents, it seems."))
    return tuple(found)


_NO_TEXT = frozenset((Role.CAPTION, Role.CREDIT, Role.BOILERPLATE))


def _wall(
    length: int,
    bodies: Sequence[Found],
    page: Sequence[Found],
    head: Head,
    said: Structured,
) -> Iterable[Concern]:
    """Yield which wall stands before the article, if the text is short or the page says so."""
    around = " ".join(b.words for b in page[:400] if b.zone not in ("nav", "footer"))[:40_000]
    taken = " ".join(block.words for block in bodies)[:20_000]
    few = length < _SHORT or len(bodies) <= 2
    if few and _ROBOT.search(taken or around) and length < _SHORT:
        yield Concern(
            "robot-check", "The page asks for JavaScript, or whether a person is reading."
        )
    elif _COOKIES.search(taken) and few:
        yield Concern("cookie-wall", "What was taken is a notice on cookies, not the article.")
    elif said.free is False or any(b.zone == "paywall" for b in page) or _PAYWALL.search(around):
        if few or _is_cut(length, bodies, said):
            yield Concern(
                "paywall", "The page is behind a paywall: only the beginning is there, it seems."
            )
    elif few and (head.asks_password or _LOGIN.search(taken)) and _LOGIN.search(around):
        yield Concern("login", "The page asks to log in; the article may not be there.")


def _is_cut(length: int, bodies: Sequence[Found], said: Structured) -> bool:
    """Whether the page says that its article is longer, or the text breaks off."""
    if _missing_share(length, bodies, said) is not None:
        return True
    last = bodies[-1].words.rstrip() if bodies else ""
    return last.endswith(("…", "...", "[…]")) or (said.free is False and not said.words)


def _missing_share(length: int, texts: Sequence[Found], said: Structured) -> float | None:
    """Return which share of the article is there by the page's own count, if that is too little."""
    words = sum(len(block.words.split()) for block in texts)
    if said.words >= 50 and words < _FEW_WORDS_SHARE * said.words:
        return words / said.words
    if len(said.body) > 300 and length < _FEW_WORDS_SHARE * len(said.body):
        return length / len(said.body)
    return None


def _cut_off(length: int, texts: Sequence[Found], said: Structured) -> Iterable[Concern]:
    share = _missing_share(length, texts, said)
    bodies = [block for block in texts if block.role is Role.BODY]
    if share is not None:
        yield Concern(
            "shorter",
            f"The page says that its article is longer: about {per_cent(share, 1)}% of it is here.",
        )
    elif len(bodies) == 1 and length < _SHORT:
        yield Concern("one-paragraph", "Only one paragraph was found.")


def _left_out(length: int, page: Sequence[Found]) -> Iterable[Concern]:
    """Yield a concern if most of the running text of the page was left out."""
    outside = ("nav", "footer", "form", "cookies", "comments", "related", "aside")
    running = sum(
        len(block.words)
        for block in page
        if len(block.words) >= _LONG
        and block.zone not in outside
        and block.linked < 0.5 * len(block.words)
    )
    if running > 1500 and length < _PAGE_SHARE * running:
        yield Concern(
            "left-out",
            f"Only {per_cent(length, running)}% of the page's running text was taken.",
        )
