"""Labels an article from the list of articles. Import late."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.suggester import Suggester

from reader.domain.errors import UsageError
from reader.domain.overall import folded, labels_in
from reader.services.overall import WholeArticle
from reader.storage.library import Library
from reader.tui.screens.dialogs.prompt import PromptDialog

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp


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


async def label(app: ReaderApp, article_uid: str, name: str) -> bool:
    """Ask for the labels of an article; return whether they changed.

    Raises:
        ReaderError: They cannot be read or written.
    """
    there, known = await app.database.run(
        lambda library: (library.overall.labels(article_uid), list(library.overall.label_counts()))
    )
    shown = ", ".join(there)
    dialog = PromptDialog(
        f"Labels of “{name}”", "Separated by commas; → completes one.", shown, _problem,
        suggester=LabelSuggester(known),
    )  # fmt: skip
    answer = await app.push_screen_wait(dialog)
    if answer is None or answer == dialog.value:
        return False
    annotator = app.annotator_uid
    return await app.database.run(
        lambda library: _changed(library, article_uid, annotator, labels_in(answer), there)
    )


def _changed(
    library: Library, article: str, annotator: str, wanted: Sequence[str], shown: Sequence[str]
) -> bool:
    """Write the labels; one that somebody else gave meanwhile stays."""
    kept = {folded(name) for name in wanted}
    gone = [name for name in shown if folded(name) not in kept]
    whole = WholeArticle(article, annotator, library.overall.get(article, annotator))
    group = whole.with_labels(wanted, gone).group
    if group.changes:
        library.log.commit(group)
    return bool(group.changes)


def _problem(text: str) -> str:
    """Return what is wrong with labels, or an empty string."""
    try:
        labels_in(text)
    except UsageError as error:
        return error.message
    return ""
