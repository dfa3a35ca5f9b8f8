"""Asks how likely a judgement is, and why it was given."""

from __future__ import annotations

from reader.domain.errors import UsageError
from reader.domain.likelihood import BANDS, in_words, parse_likelihood
from reader.tui.screens.dialogs.prompt import PromptDialog
from reader.tui.widgets.fields import LineField


def likelihood_dialog(title: str, value: int | None) -> PromptDialog:
    """Ask for per cent or a word, showing live what it means."""
    words = " · ".join(f"{band.word} {band.low}–{band.high}" for band in BANDS)
    shown = "" if value is None else str(value)
    label = f"Per cent, or a word of ICD 203: {words}. An empty field takes it away."
    return PromptDialog(f"How likely? {title}", label, shown, _problem, _meaning)


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
    """Gives back why; leaving keeps what was typed, as it does with a note."""

    HELP = "Enter or Esc saves the reason."

    @property
    def told_keys(self) -> str:
        """What keys do, in words."""
        return "Enter or Esc saves"

    def action_leave(self) -> None:
        """Give back what was typed, or None if that is nothing new."""
        text = self.query_one(LineField).value.strip()
        self.dismiss(None if text == self.value else text)


def reason_dialog(title: str, value: str) -> ReasonDialog:
    """Ask why."""
    label = "Kept with the tag and its history. Enter or Esc saves."
    return ReasonDialog(f"Why? {title}", label, value)
