"""Asks how likely a judgement is, and why it was given."""

from __future__ import annotations

from collections.abc import Callable

from reader.domain.errors import UsageError
from reader.domain.likelihood import BANDS, in_words, parse_likelihood
from reader.domain.text import shortened
from reader.tui.screens.dialogs.prompt import PromptDialog
from reader.tui.widgets.fields import LineField

Lost = Callable[[], str]
"""Returns why nothing can be said of a judgement any more; empty as long as it can."""

_MET = 80
"""Code points that are told of what another window has said."""

Met = Callable[[str | int | None], str]
"""Returns, once, what another window has said meanwhile, other than this; empty if nothing."""


def _never() -> str:
    return ""


def _nothing(_mine: str | int | None) -> str:
    return ""


def likelihood_dialog(
    title: str, value: int | None, lost: Lost = _never, met: Met = _nothing
) -> PromptDialog:
    """Ask for per cent or a word, showing live what it means; refused if the tag was lost.

    Args:
        title: Of what.
        value: What is said so far.
        lost: Why it cannot be said any more.
        met: Returns, once, what else than this was said of it meanwhile; empty if nothing was.
    """
    words = " · ".join(f"{band.word} {band.low}–{band.high}" for band in BANDS)
    shown = "" if value is None else str(value)
    label = f"Per cent, or a word of ICD 203: {words}. An empty field takes it away."

    def problem(text: str) -> str:
        why = lost()
        return f"{why} What you typed stays here until Esc." if why else _problem(text)

    def asks(text: str) -> str:
        there = met(parse_likelihood(text))
        return f"{there} Enter again saves yours, Esc leaves that." if there else ""

    return PromptDialog(f"How likely? {title}", label, shown, problem, _meaning, asks=asks)


def _problem(text: str) -> str:
    """Return what is wrong with a text, or an empty string."""
    try:
        parse_likelihood(text)
    except UsageError as error:
        return f"{error.message} Give a whole per cent from 0 to 100, or one of the words above."
    return ""


def _meaning(text: str) -> str:
    """Return what a text means as far as it is typed; empty if nothing as yet."""
    try:
        value = parse_likelihood(text)
    except UsageError:
        return ""
    return "" if value is None else in_words(value)


class ReasonDialog(PromptDialog):
    """Gives back why; leaving keeps what was typed, as it does with a note.

    Attributes:
        saves_more: Whether something else is saved with the reason: then also one that is as it
            was, or empty, is given back on leaving.
    """

    HELP = "Enter or Esc saves the reason."
    saves_more = False

    @property
    def told_keys(self) -> str:
        """What keys do, in words."""
        return "Enter or Esc saves"

    def action_leave(self) -> None:
        """Give back what was typed, or None if that is nothing new, or told to be too late."""
        text = self.query_one(LineField).value.strip()
        saves = self.saves_more or text != self.value
        problem = self._check(text) if self._check and saves else ""
        question = self._asks(text) if self._asks and saves and not problem else ""
        if problem and self._error.text != problem:
            self._error.show(problem, "error")
        elif question:
            self._error.show(question, "warning")
        else:
            self.dismiss(text if saves and not problem else None)


def reason_dialog(
    title: str,
    value: str,
    lost: Lost = _never,
    met: Met = _nothing,
    *,
    saves_more: bool = False,
    typed: str | None = None,
) -> ReasonDialog:
    """Ask why; refused if the tag was lost meanwhile; see :func:`likelihood_dialog`.

    Args:
        title: Of what.
        value: What is said so far.
        lost: Why it cannot be said any more.
        met: Returns, once, what else than this was said of it meanwhile; empty if nothing was.
        saves_more: See :class:`ReasonDialog`.
        typed: What was typed before and came too late, or None.
    """
    label = "Kept with the tag and its history. Enter or Esc saves."
    if typed is not None:
        there = f"“{shortened(value, _MET)}” is there now" if value else "there is none now"
        label = f"Another window was first: {there}. Enter or Esc saves what is in the field."

    def problem(_text: str) -> str:
        why = lost()
        return f"{why} Esc again leaves without it." if why else ""

    def asks(text: str) -> str:
        there = met(text or None)
        return f"{there} Enter or Esc again saves yours." if there else ""

    dialog = ReasonDialog(f"Why? {title}", label, value, problem, asks=asks)
    dialog.saves_more, dialog.typed = saves_more, typed
    return dialog
