"""The article's details: what is known of it; verdict, labels and note for it as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea

from reader.domain.article import Metadata
from reader.domain.codebook import Facet, Tag, wanted_in_words
from reader.domain.content import GOOD, CaptureDetails
from reader.domain.errors import UsageError
from reader.domain.highlight import Judgement
from reader.domain.overall import folded, labels_in
from reader.domain.untrusted import safe
from reader.services.annotating.overall import OverallEdit, WholeArticle, verdict_facets
from reader.services.reading.session import Session
from reader.tui.asking import ERROR_SECONDS
from reader.tui.commands import commands_for
from reader.tui.screens.dialogs.about import AboutFields
from reader.tui.screens.dialogs.base import Dialog, Line
from reader.tui.screens.dialogs.details_met import (
    BOTH_NOTES,
    VERDICT,
    is_as_before,
    joined_note,
    with_more,
)
from reader.tui.screens.dialogs.verdict_more import ask_more, more_keys, said_in_words
from reader.tui.widgets.bindings import bindings_for
from reader.tui.widgets.fields import LineField, TextField
from reader.tui.widgets.labelling import LabelSuggester
from reader.tui.widgets.note import DRAFT_S
from reader.tui.widgets.verdict import VerdictPicker

Perform = Callable[[Callable[[WholeArticle], OverallEdit]], None]
"""Has something said of the article."""


class DetailsDialog(Dialog[None]):
    """Shows the facts; a verdict is saved at its key, the rest when the dialog is left.

    Args:
        session: The article, with what is said of it.
        labels: All labels that there are, to be completed from.
        draft: The note that was being typed when the program ended, or None.
        perform: Has something said of the article.
        edit: Has details of the article changed, by name, from what was known of it.
        keep_draft: Keeps a note that is being typed.
        typed: Details that were typed before and not saved, by name; see `late_details`.
    """

    HELP = "Tab goes on, a digit gives the verdict, Esc saves and leaves."
    CONTEXTS = ("form",)
    AUTO_FOCUS = ""  # it begins itself: this would scroll, and hide the title in a low window
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "save and leave", show=False, priority=True),
        *bindings_for(commands_for("form")),
    ]

    def __init__(
        self,
        session: Session,
        labels: Sequence[str],
        draft: str | None,
        perform: Perform,
        edit: Callable[[dict[str, str], Metadata], None],
        keep_draft: Callable[[str], None],
        typed: Mapping[str, str],
    ) -> None:
        super().__init__(session.opened.name, "Tab next · Esc saves and leaves")
        assert session.overall is not None  # noqa: S101 - whoever shows this has loaded it
        self.drafted = False
        self._session, self._perform, self._keep_draft = session, perform, keep_draft
        self._about, self._edit = AboutFields(session.opened.article.metadata, typed), edit
        self._about_error = Line("", "error", max_rows=3)
        self._facets = verdict_facets(session.codebook)
        self._note = session.overall.note or ""
        self._labels_there = session.overall.labels
        self._labels_shown = ", ".join(self._labels_there)
        self._verdict = VerdictPicker()
        self._verdict.called = "Verdict"
        self._said = Line("", "dim", max_rows=3)
        self._wants = Line("", "warning")
        self._labels = LineField(self._labels_shown, placeholder="separated by commas")
        self._labels.suggester = LabelSuggester(labels)
        self._labels.called = "Labels"
        self._error = Line("", "error", max_rows=2)
        self._area = TextField(self._note if draft is None else draft)
        self._area.called = "Note"
        self._note_shown = TextField(self._note).text
        self._keeping: Timer | None = None
        self._given_then: list[Judgement] = []
        self._warned = self._about_warned = self._about_met = ""

    def body(self) -> Iterable[Widget]:
        """Return verdict, labels, note, then what is known of the article."""
        if self._facets:
            yield Line(f"Verdict: {self._facets[0].title}", classes="field")
            yield self._verdict
            yield self._said
            yield self._wants
        yield Line("Labels", classes="field")
        yield self._labels
        yield self._error
        yield Line("Note", classes="field")
        yield self._area
        yield Line("About it", classes="field")
        yield from self._about.rows()
        yield self._about_error
        for fact in facts(self._session):
            yield Line(safe(fact), "dim", max_rows=2)

    def on_mount(self) -> None:
        """Begin with the verdict, at the top."""
        self._show_verdict()
        self.fit_frame()
        typed = self._about.first_typed
        self.begin_at(typed or (self._verdict if self._facets else self._labels))
        if typed is not None:
            self.call_after_refresh(self._tell_of_typed)  # the fields have said what is in them

    def on_resize(self) -> None:
        """Do without empty rows in a low window."""
        self.fit_frame()

    # ------------------------------------------------------------------ verdict

    def on_verdict_picker_chosen(self, message: VerdictPicker.Chosen) -> None:
        """Give that verdict, or take it off."""
        facet, tag = self._all()[message.position]
        book = self._session.codebook
        self._perform(lambda whole: whole.toggle_verdict(book, facet, tag))
        self._show_verdict()

    def on_verdict_picker_say_more(self, message: VerdictPicker.SayMore) -> None:
        """Say how sure, how likely, or why, of the verdict under the cursor, else the first."""
        judgement = self._given(message.position)
        if judgement is None:
            self._said.show("There is no verdict to say that of: a digit gives one.")
            return
        use = partial(self._say_more, judgement)
        ask_more(self.app, judgement, message.what, use, partial(self._lost, judgement))

    def _there(self, before: Judgement) -> Judgement | None:
        return next((item for item in self._verdicts() if item.uid == before.uid), None)

    def _lost(self, before: Judgement, what: str) -> str:
        """Return why one thing cannot be said of a verdict any more; empty if it can."""
        return "" if is_as_before(self._there(before), before, [what]) else VERDICT

    def _say_more(self, before: Judgement, after: Judgement) -> None:
        judgement = with_more(self._there(before), before, after)
        if judgement is None:
            self._said.show(VERDICT)
            return
        book = self._session.codebook
        summary = f"verdict: {said_in_words(judgement) or 'nothing more said'}"
        self._perform(lambda whole: whole.with_verdicts([judgement], summary, book))
        self._show_verdict()

    def take_news(self) -> None:
        """Show the verdict that was given in another window; what was told stays otherwise."""
        if self._verdict.is_mounted and self._verdicts() != self._given_then:
            self._show_verdict()

    def _given(self, position: int) -> Judgement | None:
        """Return the verdict at a position, else the first that is given."""
        given = self._verdicts()
        facet, tag = self._all()[position]
        here = (item for item in given if (item.facet, item.code) == (facet.id, tag.code))
        return next(here, None) or next(iter(given), None)

    def _verdicts(self) -> list[Judgement]:
        """Return the verdicts from the active codebook."""
        overall, book = self._session.overall, self._session.codebook
        return [item for item in (overall.verdicts if overall else ()) if item.codebook == book.id]

    def _all(self) -> list[tuple[Facet, Tag]]:
        return [(facet, tag) for facet in self._facets for tag in facet.tags]

    def _show_verdict(self) -> None:
        given = self._given_then = self._verdicts()
        there = {(item.facet, item.code) for item in given}
        first = self._facets[0] if self._facets else None
        self._verdict.show(
            [(tag.key if facet is first else "", tag) for facet, tag in self._all()],
            [(facet.id, tag.code) in there for facet, tag in self._all()],
        )
        self._said.show(
            "; ".join(filter(None, map(said_in_words, given))) or (more_keys() if given else "")
        )
        self._show_wants()

    def _show_wants(self) -> None:
        """Say what the verdict wants and has not, also by the note that is being written."""
        wants = wanted_in_words(self._session.verdict_wants(self._area.text.strip()))
        self._wants.show(f"incomplete: wants {wants}" if wants else "")

    # ------------------------------------------------------------------ labels and note

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the note, or to the next field."""
        if event.input is self._labels:
            self._area.focus()
        else:
            self.focus_next()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Take away what was told of other words; what is wrong with these is told again."""
        if event.input is self._labels:
            self._error.take_away()
        else:
            self._about_warned = ""
            self._about_error.take_away()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Have the note kept soon, however fast one types on."""
        event.stop()
        self._show_wants()
        if self._area.text != self._note_shown and self._keeping is None:
            self._keeping = self.set_timer(DRAFT_S, self._draft)

    def _draft(self) -> None:
        self._keeping = None
        self.drafted = True
        self._keep_draft(self._area.text)

    async def keep_typed(self) -> None:
        """Keep the note, as it is now."""
        if self._area.text != self._note_shown:
            self._draft()

    def action_save(self) -> None:
        """Save and leave."""
        self.action_leave()

    def action_leave(self) -> None:
        """Save all of it, and leave; what cannot be saved is told once."""
        if not self._save_details():
            return
        if self._labels.value != self._labels_shown and not self._save_labels():
            return
        if self._keeping is not None:
            self._keeping.stop()
        if self._area.text != self._note_shown:
            self._save_note()
        self.dismiss(None)

    def _save_note(self) -> None:
        """Have the note saved, below the one that another window has written meanwhile."""
        opened, mine = self._note, self._area.text

        def joined(whole: WholeArticle) -> OverallEdit:
            note = joined_note(opened, whole.note, mine)
            if note != mine:
                self.app.notify(BOTH_NOTES, severity="error", timeout=ERROR_SECONDS, markup=False)
            return whole.with_note(note)

        self._perform(joined)

    def _save_details(self) -> bool:
        """Have the details saved; False if they cannot be and that was not told yet."""
        problem = self._about.problem()
        if problem and problem != self._about_warned:
            self._about_warned = problem
            self._about_error.show(f"{problem} Esc again leaves all of them as they were.")
            return False
        known = self._session.opened.article.metadata
        met = self._about.met(known)
        if met and met != self._about_met:
            self._about_met = met
            self._tell_about(f"Another window has changed it: {met}. Esc again saves yours.")
            return False
        changed = {} if problem else self._about.changed()
        if changed:
            self._edit(changed, known)
        return True

    def _tell_of_typed(self) -> None:
        """Tell what is there where what was typed before stands in the fields."""
        there = self._about.beside_typed()
        self._tell_about(f"Another window was first: {there}. Esc saves what is in the fields.")

    def _tell_about(self, words: str) -> None:
        """Tell something of the details below them, and bring that into view."""
        self._about_error.show(words)
        self.call_after_refresh(self._about_error.scroll_visible, animate=False)

    def _save_labels(self) -> bool:
        """Have the labels saved; False if they cannot be and that was not told yet."""
        text = self._labels.value
        try:
            wanted = labels_in(text)
        except UsageError as error:
            if text == self._warned:
                return True
            self._warned = text
            self._error.show(f"{error.message} Esc again leaves the labels as they were.")
            self._labels.focus()
            return False
        kept, there = ({folded(name) for name in names} for names in (wanted, self._labels_there))
        new = [name for name in wanted if folded(name) not in there]
        gone = [name for name in self._labels_there if folded(name) not in kept]
        self._perform(lambda whole: whole.with_labels(new, gone))
        return True


def capture_facts(capture: CaptureDetails) -> list[str]:
    """Return what is known of a capture besides its text, in lines."""
    lines = [f"fetched from {capture.final_url}"] if capture.final_url else []
    lines += [f"{len(capture.pages):,} pages"] if len(capture.pages) else []
    lines += [f"text doubtful: {capture.quality}"] if capture.quality != GOOD else []
    return lines


def facts(session: Session) -> list[str]:
    """Return what is to be said of the article's text, in lines."""
    version = session.opened.version
    lines = [
        f"added {session.opened.article.added_at[:10]}",
        f"captured {version.captured_at[:10]} from {version.origin}",
        f"{len(version.content):,} characters, {session.document.total():,} statements",
    ]
    if session.capture is not None:
        lines += capture_facts(session.capture)
    return [*lines, *version.warnings[:3]]
