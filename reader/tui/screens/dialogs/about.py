"""What is known of an article, to be edited: title, byline, outlet, date, address, language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.containers import Horizontal
from textual.widget import Widget

from reader.domain.article import Metadata
from reader.domain.errors import UsageError
from reader.domain.text import shortened
from reader.domain.untrusted import safe
from reader.services.library.changes import DETAILS, checked
from reader.tui.screens.dialogs.base import Line
from reader.tui.widgets.fields import LineField

_CALLED = {
    "title": "Title", "byline": "Byline", "outlet": "Outlet", "url": "Address",
    "published_at": "Published", "language": "Language",
}  # fmt: skip

_FORMS = {"published_at": "2026, 2026-11, or 2026-11-27", "language": "such as en",
          "url": "https://…"}  # fmt: skip

_MET = 80
"""Code points that are told of what another window has given."""


class FieldRow(Horizontal):
    """A field with what it is called in front of it."""

    def __init__(self, name: str, field: LineField) -> None:
        super().__init__(classes="about")
        self._label, self._field = _CALLED[name], field
        field.called = self._label

    def compose(self) -> Iterator[Widget]:
        """Lay out what the field is called, and the field."""
        yield Line(self._label, "dim")
        yield self._field


class AboutFields:
    """The fields of what is known of an article.

    Args:
        metadata: What is known.
        typed: What was typed into some of them before and is not saved, by name.
    """

    def __init__(self, metadata: Metadata, typed: Mapping[str, str]) -> None:
        self._shown = _shown(metadata)
        self._fields = {
            name: LineField(typed.get(name, value), placeholder=_FORMS.get(name, ""))
            for name, value in self._shown.items()
        }

    def rows(self) -> Iterator[FieldRow]:
        """Yield the widgets, one row each."""
        for name, field in self._fields.items():
            yield FieldRow(name, field)

    def changed(self) -> dict[str, str]:
        """Return what was changed, by the names of the details; what is not stays as stored."""
        return {
            name: field.value
            for name, field in self._fields.items()
            if field.value != self._shown[name]
        }

    def met(self, metadata: Metadata) -> str:
        """Return which of the changed fields another window has changed meanwhile, with its words.

        Args:
            metadata: What is known now.
        """
        now = _shown(metadata)
        return _said(
            {
                name: now[name]
                for name, mine in self.changed().items()
                if now[name] not in (self._shown[name], mine)
            }
        )

    def beside_typed(self) -> str:
        """Return what is known where something else stands in the fields; empty if nothing does."""
        return _said({name: self._shown[name] for name in self.changed()})

    @property
    def first_typed(self) -> LineField | None:
        """The first field with something else than what is known."""
        return next((self._fields[name] for name in self.changed()), None)

    def problem(self) -> str:
        """Return what is wrong with a field, and go there; an empty text if nothing is."""
        for name, value in self.changed().items():
            try:
                checked(name, value)
            except UsageError as error:
                self._fields[name].focus()
                return f"{error.message} {error.hint}".strip()
        return ""


def _shown(metadata: Metadata) -> dict[str, str]:
    return {name: safe(getattr(metadata, name) or "") for name in DETAILS}


def _said(values: Mapping[str, str]) -> str:
    return ", ".join(
        f"{_CALLED[name]} is “{shortened(value, _MET)}” now" for name, value in values.items()
    )
