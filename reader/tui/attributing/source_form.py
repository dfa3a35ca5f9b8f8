"""All that is known of a source, to be edited: Tab goes on, Esc saves and leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from reader.domain.errors import UsageError
from reader.domain.records import dataclass
from reader.domain.source import DETAILS, KINDS, NAMINGS, Role, checked, folded
from reader.domain.untrusted import safe
from reader.services.attributing.listing import Shown
from reader.services.attributing.sources import role_fields
from reader.tui.commands import commands_for
from reader.tui.screens.dialogs.base import Dialog, Line
from reader.tui.widgets.bindings import bindings_for
from reader.tui.widgets.fields import LineField

_CALLED = {
    "name": "Name", "kind": "Kind", "naming": "Naming", "role": "Role",
    "affiliation": "Belongs to", "url": "Address", "also": "Also", "was": "Was",
}  # fmt: skip

_FORMS = {
    "kind": ", ".join(KINDS),
    "naming": ", ".join(NAMINGS),
    "url": "https://…",
    "also": "other names; between semicolons",
    "was": "role | for whom | since | until; the next one",
}


@dataclass(frozen=True, slots=True)
class Edited:
    """What was changed.

    Attributes:
        given: Details, by name.
        names: Other names that are new.
        not_names: Other names that are gone.
        roles: Roles over time that are new.
        not_roles: Uids of roles over time that are gone.
    """

    given: Mapping[str, str]
    names: Sequence[str] = ()
    not_names: Sequence[str] = ()
    roles: Sequence[Role] = ()
    not_roles: Sequence[str] = ()


class FormRow(Horizontal):
    """A field with what it is called in front of it."""

    def __init__(self, name: str, field: LineField) -> None:
        super().__init__(classes="about")
        self._called, self._field = _CALLED[name], field
        field.called = self._called

    def compose(self) -> Iterable[Widget]:
        """Lay out what the field is called, and the field."""
        yield Line(self._called, "dim")
        yield self._field


class SourceForm(Dialog[Edited | None]):
    """Gives back what was changed; None if nothing was.

    Args:
        item: What is known of the source.
        typed: What was typed into the fields before and is not saved, by name.
    """

    HELP = "Tab goes on, Esc saves and leaves."
    CONTEXTS = ("form",)
    AUTO_FOCUS = ""  # it begins itself: this would scroll, and hide the title in a low window
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "save and leave", show=False, priority=True),
        *bindings_for(commands_for("form")),
    ]

    def __init__(self, item: Shown, typed: Mapping[str, str]) -> None:
        super().__init__(item.source.name, "Tab next · Esc saves and leaves")
        self._item = item
        shown = {name: getattr(item.source, name) or "" for name in DETAILS}
        shown["also"] = "; ".join(item.aliases)
        shown["was"] = "; ".join(map(_line, item.roles))
        self._shown = {name: safe(value) for name, value in shown.items()}
        self._fields = {
            name: LineField(typed.get(name, value), placeholder=_FORMS.get(name, ""))
            for name, value in self._shown.items()
        }
        self._error = Line("", "error", max_rows=2)
        self._warned = ""

    def body(self) -> Iterable[Widget]:
        """Return the fields."""
        yield self._error
        for name, field in self._fields.items():
            yield FormRow(name, field)

    def on_mount(self) -> None:
        """Begin with the name."""
        self.fit_frame()
        self.begin_at(self._fields["name"])

    def on_resize(self) -> None:
        """Do without empty rows in a low window."""
        self.fit_frame()

    def on_input_changed(self) -> None:
        """Take away what was told of other words; what is wrong with these is told again."""
        self._warned = ""
        self._error.take_away()

    def on_input_submitted(self) -> None:
        """Go on to the next field."""
        self.focus_next()

    def action_save(self) -> None:
        """Save and leave."""
        self.action_leave()

    def action_leave(self) -> None:
        """Give back what was changed; what cannot be is told once."""
        try:
            edited = self._edited()
        except UsageError as error:
            told = f"{error.message} {error.hint}".strip()
            if told != self._warned:
                self._warned = told
                self._error.show(f"{told} Esc again leaves it as it was.")
                self._error.scroll_visible(animate=False)
                return
            edited = None
        self.dismiss(edited)

    def typed(self) -> dict[str, str]:
        """Return what was typed into the fields that were changed, by name."""
        now = {name: field.value for name, field in self._fields.items()}
        return {name: value for name, value in now.items() if value != self._shown[name]}

    def _edited(self) -> Edited | None:
        """Return what was changed; None if nothing was.

        Raises:
            UsageError: Something cannot be so.
        """
        changed = self.typed()
        if not changed:
            return None
        given = {name: changed[name] for name in DETAILS if name in changed}
        for name, value in given.items():
            checked(name, value)
        return Edited(given, *self._names(changed.get("also")), *self._roles(changed.get("was")))

    def _names(self, text: str | None) -> tuple[list[str], list[str]]:
        """Return which other names come and which go; None leaves them as they are."""
        before = self._item.aliases
        now = before if text is None else _parts(text)
        for name in now if text is not None else ():
            checked("name", name)
        kept, there = set(map(folded, now)), set(map(folded, before))
        return (
            [name for name in now if folded(name) not in there],
            [name for name in before if folded(name) not in kept],
        )

    def _roles(self, text: str | None) -> tuple[list[Role], list[str]]:
        """Return which roles over time come, and the uids of those that go; None changes none."""
        lines = {_line(role): role.uid for role in self._item.roles}
        wanted = set(lines) if text is None else set(_parts(text))
        return (
            [_role(line, self._item.source.uid) for line in sorted(wanted - set(lines))],
            [uid for line, uid in lines.items() if line not in wanted],
        )


def _parts(text: str) -> tuple[str, ...]:
    """Return what is listed in a field."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _line(role: Role) -> str:
    """Return a role over time as it is edited."""
    parts = [role.role, role.affiliation, role.since, role.until]
    return safe(" | ".join((part or "").replace(";", ",") for part in parts)).strip()


def _role(line: str, source: str) -> Role:
    """Return the role over time in a line.

    Raises:
        UsageError: It is none.
    """
    parts = [part.strip() or None for part in line.split("|")]
    if len(parts) > 4:
        raise UsageError(f"“{line}” has too many parts.", "Write role | for whom | since | until.")
    role = Role("", source, *parts, *[None] * (4 - len(parts)))
    role_fields(role)
    return role
