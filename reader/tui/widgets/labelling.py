"""Helps with labels as they are typed: completes them, says what is wrong. Import late."""

from __future__ import annotations

from collections.abc import Sequence

from textual.suggester import Suggester

from reader.domain.errors import UsageError
from reader.domain.overall import folded, labels_in


class LabelSuggester(Suggester):
    """Completes the label that is being typed, the last in the line.

    Args:
        labels: All labels that there are.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._labels = labels

    async def get_suggestion(self, value: str) -> str | None:
        """Return the line with its last label completed, or None."""
        begun = value.rpartition(",")[2].lstrip()
        if not begun:
            return None
        fits = (name for name in self._labels if folded(name).startswith(folded(begun)))
        name = next(fits, None)
        return value + name[len(begun) :] if name and len(name) > len(begun) else None


def label_problem(text: str) -> str:
    """Return what is wrong with labels, or an empty string."""
    try:
        labels_in(text)
    except UsageError as error:
        return error.message
    return ""
