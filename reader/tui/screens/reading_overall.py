"""What is said of the article as a whole: shown in the panel's head, changed in its details."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.domain.errors import ReaderError
from reader.domain.late import Late
from reader.domain.operation import now
from reader.tui.screens.reading_base import ReadingBase

if TYPE_CHECKING:
    from reader.services import overall
    from reader.services.overall import OverallEdit, WholeArticle
else:
    overall = Late("reader.services.overall")

NOTE_DRAFT = (0, 0)
"""Where the draft of the note on the article is kept: a stretch that no highlight can have."""


class Overall(ReadingBase):
    """The article's details, its verdict, its note, its labels."""

    def start_background_work(self) -> None:
        """Load what is said of the article, and the rest."""
        super().start_background_work()
        self.overall_changed()

    def overall_changed(self) -> None:
        """Have read anew what is said of the article."""
        self.work(self._load_overall, "overall")

    async def _load_overall(self) -> None:
        session = self.session
        known = session.annotations
        try:
            found = await self.database.run(
                lambda library: library.overall.get(known.article_uid, known.annotator_uid)
            )
        except ReaderError:
            return  # it is told when it is asked for
        if not self.saver.pending or session.overall is None:
            session.overall = found
        self.show_overall()

    def show_overall(self) -> None:
        """Show in the panel's head what is said of the article; nothing if that is nothing."""
        if self.session.overall is not None:
            from reader.tui.sources import overall_items  # late: seldom anything

            self.counts.set_overall(overall_items(self.session))

    def perform_overall(self, make: Callable[[WholeArticle], OverallEdit]) -> None:
        """Say something of the article, shown at once and saved, when its turn has come."""
        self.turns.take(lambda: self._perform_overall(make))

    def _perform_overall(self, make: Callable[[WholeArticle], OverallEdit]) -> None:
        session, known = self.session, self.session.annotations
        if session.overall is None or not self.may_change():
            return
        edit = make(overall.WholeArticle(known.article_uid, known.annotator_uid, session.overall))
        if edit.group.changes:
            session.overall = edit.after
            self.saver.save(edit.group)
            self.show_overall()

    # ------------------------------------------------------------------ the details

    def action_article_details(self) -> None:
        """Show what is known of the article, and what is said of it as a whole."""
        self.work_holding_keys(self._details, "dialog")

    async def _details(self) -> None:
        from reader.tui.screens.dialogs.details import DetailsDialog

        session, known = self.session, self.session.annotations
        where = (known.annotator_uid, known.version_uid, *NOTE_DRAFT)
        draft = await self.database.run(lambda library: library.articles.draft(*where))
        labels = await self.database.run(lambda library: list(library.overall.label_counts()))
        if session.overall is None:
            found = await self.database.run(
                lambda library: library.overall.get(known.article_uid, known.annotator_uid)
            )
            session.overall = session.overall or found
        dialog = DetailsDialog(session, labels, draft, self.perform_overall, self._keep_typed)
        await self.ask(dialog)
        await self.saver.settled()
        if draft is not None or dialog.drafted:
            await self.database.run(lambda library: library.articles.drop_draft(*where))

    def _keep_typed(self, text: str) -> None:
        """Keep the note that is being typed, against a crash."""
        known = self.session.annotations
        where = (known.annotator_uid, known.version_uid, *NOTE_DRAFT)
        if not self.unchangeable:
            self.database.submit(lambda library: library.articles.keep_draft(*where, text, now()))
