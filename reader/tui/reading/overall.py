"""What is said of the article as a whole: shown in the panel's head, changed in its details."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.domain.article import Article, Metadata
from reader.domain.errors import ReaderError
from reader.domain.late import Late
from reader.domain.operation import Change, Group
from reader.services import articles
from reader.services.reading.session import Session
from reader.tui.commands import key_for
from reader.tui.reading.base import ReadingBase

if TYPE_CHECKING:
    from reader.domain.overall import Overall as Said
    from reader.services.annotating import overall
    from reader.services.annotating.overall import OverallEdit, WholeArticle
    from reader.services.library import changes
    from reader.tui.screens.dialogs.details import DetailsDialog
else:
    overall = Late("reader.services.annotating.overall")
    changes = Late("reader.services.library.changes")

ARCHIVED = "archived"
"""As in `reader.domain.finding.article_query`, which no first screen needs."""

NOTE_DRAFT = (0, 0)
"""Where the draft of the note on the article is kept: a stretch that no highlight can have."""


class Overall(ReadingBase):
    """The article's details, its verdict, its note, its labels."""

    _details_shown: DetailsDialog | None = None

    def start_background_work(self) -> None:
        """Load what is said of the article, and the rest."""
        super().start_background_work()
        self.overall_changed()

    def overall_changed(self) -> None:
        """Have read anew what is said of the article."""
        self.work(self._load_overall, "overall")

    async def _load_overall(self) -> None:
        session, before = self.session, self.saver.actions
        known = session.annotations
        try:
            found = await self.database.run(
                lambda library: library.overall.get(known.article_uid, known.annotator_uid)
            )
        except ReaderError:
            return  # it is told when it is asked for
        if self.saver.actions != before:
            self.overall_changed()  # something was done meanwhile, which it may not have
        elif not self.saver.pending or session.overall is None:
            session.overall = found
        self.show_overall()

    def show_overall(self) -> None:
        """Show in the panel's head what is said of the article; nothing if that is nothing."""
        overall = self.session.overall
        if overall is None:
            return
        if self._details_shown is not None:
            self._details_shown.take_news()
        if not (overall.verdicts or overall.labels or overall.note):
            self.counts.set_overall([])
            return
        from reader.tui.reading.overall_line import overall_items  # late: seldom anything

        self.counts.set_overall(overall_items(self.session))

    async def keep_both_on_article(self, text: str) -> None:
        """Put a note below the one that another window has written on the article meanwhile.

        Raises:
            StorageError: The library cannot be read.
        """
        from reader.tui.screens.dialogs.details_met import BOTH_NOTES, joined_note

        found = await self._overall_now()
        if found is not None:
            note = joined_note("", found.note or "", text)
            self.perform_overall(lambda whole: whole.with_note(note))
            self.say(f"{BOTH_NOTES} {key_for('undo')} takes yours back.", error=True)

    async def keep_both_labels(self, changes: Sequence[Change]) -> None:
        """Do to labels once more what was refused because another window has changed some.

        Raises:
            StorageError: The library cannot be read.
        """
        from reader.tui.screens.dialogs.details_met import BOTH_LABELS

        if await self._overall_now() is not None:
            self.perform_overall(lambda whole: whole.with_labels_of(changes))
            self.say(BOTH_LABELS)

    async def _overall_now(self) -> Said | None:
        """Know what is said of the article, with all that was done; None if it was left."""
        session, known = self.session, self.session.annotations
        while True:
            await self.saver.settled()
            before = self.saver.actions
            found = await self.database.run(
                lambda library: library.overall.get(known.article_uid, known.annotator_uid)
            )
            if self.saver.actions == before and not self.saver.pending:
                break
        if session is not self.session:
            return None
        session.overall = found
        return found

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

    # ------------------------------------------------------------------ what is known of it

    def details_changed(self) -> None:
        """Have read anew what is known of the article."""
        self.work(self._load_details, "details")

    async def _load_details(self) -> None:
        session = self.session
        uid = session.opened.article.uid
        while True:
            before = self.saver.actions
            found = await self.database.run(lambda library: library.articles.get(uid))
            if self.saver.actions == before and not self.saver.pending:
                break
            await self.saver.settled()  # what was done meanwhile it may not have
        if found is not None:
            self._take_article(session, found)

    def _take_article(self, session: Session, article: Article) -> None:
        opened = session.opened
        name = articles.name_of(article, opened.version.text)
        session.opened = replace(opened, article=article, name=name)
        if session is self.session:
            self.show_title()

    def edit_details(self, given: Mapping[str, str], known: Metadata) -> None:
        """Give the article other details, when its turn has come.

        Args:
            given: New values, by name.
            known: What whoever gave them was shown: the library refuses them if it has others.
        """
        self.turns.take(lambda: self._edit_details(given, known))

    def _edit_details(self, given: Mapping[str, str], known: Metadata) -> None:
        seen = replace(self.session.opened.article, metadata=known)
        made = changes.with_details(seen, given)
        self._change_article(made, changes.DETAILS_GIVEN, f"details: {', '.join(given)}")

    def _change_article(self, made: Sequence[Change], kind: str, summary: str) -> bool:
        """Change the article itself, shown at once and saved; False if it was so already."""
        session = self.session
        known, article = session.annotations, session.opened.article
        if not made or not self.may_change():
            return False
        self.saver.save(Group(kind, known.annotator_uid, article.uid, tuple(made), summary=summary))
        fields = {name: value for change in made for name, value in change.patch.items()}
        known_now = {name: fields.pop(name) for name in list(fields) if name in changes.DETAILS}
        metadata = replace(article.metadata, **known_now)
        self._take_article(session, replace(article, metadata=metadata, **fields))
        return True

    def action_article_status(self) -> None:
        """Ask how far one is with the article."""
        if self.may_change():
            self.work_holding_keys(self._status, "dialog")

    async def _status(self) -> None:
        from reader.tui.library.acts import status_dialog

        seen = self.session.opened.article
        chosen = await self.ask(status_dialog(self.session.opened.name, self._status_now()))
        if chosen is not None:
            self.turns.take(lambda: self._give_status(chosen, seen))

    def _status_now(self) -> str:
        article = self.session.opened.article
        return ARCHIVED if article.archived_at else article.status or "reading"

    def _give_status(self, status: str, seen: Article) -> None:
        """Give a status; the library refuses it if another window has changed it unseen."""
        made = changes.with_status(self.session.opened.article, status)
        made = made and changes.with_status(seen, status)
        done = self._change_article(made, "status", status)
        self.say(f"The article is {status}." if done else "It was so already.")

    # ------------------------------------------------------------------ the details

    def action_article_details(self) -> None:
        """Show what is known of the article, and what is said of it as a whole."""
        self.work_holding_keys(self._details, "dialog")

    async def _details(self) -> None:
        from reader.tui.screens.dialogs import late_details
        from reader.tui.screens.dialogs.details import DetailsDialog

        session, known = self.session, self.session.annotations
        where = (known.annotator_uid, known.version_uid, *NOTE_DRAFT)
        draft = await self.database.run(lambda library: library.drafts.get(*where))
        draft = self.saver.rescued_draft(where) or draft
        late = await late_details.take(self.database, known)
        labels = await self.database.run(lambda library: list(library.overall.label_counts()))
        if session.overall is None:
            found = await self.database.run(
                lambda library: library.overall.get(known.article_uid, known.annotator_uid)
            )
            session.overall = session.overall or found

        def edit(given: Mapping[str, str], shown: Metadata) -> None:
            late.forget()
            self.edit_details(given, shown)

        dialog = DetailsDialog(
            session, labels, draft, self.perform_overall, edit, self._keep_typed, late.typed
        )
        self._details_shown = dialog
        if late.typed:
            self.unsay_error()  # the dialog tells it from now on
            self.unsay()
        await self.ask(dialog)
        self._details_shown = None
        late.forget()
        if draft is not None or dialog.drafted:
            self.saver.drop_draft(where)
            self.saver.afterwards(lambda library: library.drafts.drop(*where))

    def _keep_typed(self, text: str) -> None:
        """Keep the note that is being typed, against a crash."""
        known = self.session.annotations
        where = (known.annotator_uid, known.version_uid, *NOTE_DRAFT)
        if not self.unchangeable:
            from reader.tui.saving.typing_kept import keep

            self.work(
                lambda: keep(
                    self.database,
                    self.saver,
                    where,
                    text,
                    still=lambda: self._details_shown is not None,
                ),
                "draft",
                exclusive=False,
            )
