"""Where an exported file goes, its format, and what is in it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from reader.domain.records import dataclass
from reader.formats.registry import FORMATS, Format
from reader.tui.commands import commands_for
from reader.tui.screens.dialogs.base import Dialog, Line
from reader.tui.widgets.answer_lines import CheckLine, FormatLine, PushLine
from reader.tui.widgets.bindings import bindings_for
from reader.tui.widgets.fields import LineField


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What to export.

    Attributes:
        path: Where to; ``~`` is resolved, the folder exists.
        all_articles: Every article of the library, not only the open one.
        spreadsheet: Made safe for spreadsheets instead of exact.
        all_statements: Statements without a highlight as well.
        format: Id of the format.
        history: How each highlight came to be as it is, as well.
        only_mine: Without what other annotators have done.
    """

    path: Path
    all_articles: bool
    spreadsheet: bool
    all_statements: bool
    format: str = "csv"
    history: bool = False
    only_mine: bool = False


REPLACES = "replaces the existing file"


def question(path: str, chosen: Format) -> str:
    """Return what is asked where a file is at a path already: also whether its ending fits."""
    there = "A file is there already"
    if not chosen.ends(path):
        other = next((item for item in FORMATS if item.ends(path)), None)
        kind = f"A {other.name} file" if other else f"A file that does not end in {chosen.suffix}"
        there = f"{kind} is there; this writes {chosen.name}"
    return f"{there}: Enter once more replaces it."


def check_path(text: str) -> tuple[str, bool]:
    """Return what to say about a path, and whether a file can go there."""
    if not text.strip():
        return "Type where the file goes.", False
    try:
        path = Path(text.strip()).expanduser()
        if path.is_dir():
            return "This is a folder; add a file name.", False
        if not path.parent.is_dir():
            return f"There is no folder {path.parent}.", False
        return (REPLACES if path.exists() else "a new file"), True
    except (OSError, ValueError, RuntimeError) as error:  # too long, NUL, ~ of nobody
        return f"This path cannot be used: {error}.", False


class ExportDialog(Dialog[ExportChoice | None]):
    """Gives back what to export; the caller does it.

    Args:
        path: Suggested for one article; it ends as files of the first format do.
        path_all: Suggested for all articles.
        path_whole: Suggested for a format that always holds the whole library.
        chosen: How many articles are chosen, so that not all need be meant.
        articles: How many articles the library has.
        shared: Whether there are other annotators, whose work can be left out.
    """

    HELP = "Tab goes from field to field, Space toggles, Enter exports, Esc leaves."
    CONTEXTS = ("form",)
    AUTO_FOCUS = ""  # it begins itself: this would scroll, and hide the title in a low window
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for(commands_for("form")),
        Binding("enter", "export", "export", show=False),
    ]

    def __init__(
        self,
        path: str,
        path_all: str = "",
        path_whole: str = "",
        *,
        chosen: int = 1,
        articles: int = 0,
        shared: bool = False,
    ) -> None:
        super().__init__("Export", "Enter exports · Esc leaves")
        self._paths = {False: path, True: path_all or path}
        self._path_whole = path_whole or self._paths[True]
        self._chosen = chosen
        self._format = FormatLine([item for item in FORMATS if item.writes])
        self._suggested = self._suggestion(not chosen)
        count = f"all {articles:,} articles" if articles > 1 else "all articles"
        only = "this" if chosen == 1 else f"the {chosen:,} marked"
        self._all = CheckLine(f"{count}, not only {only}" if chosen else count, not chosen)
        self._statements = CheckLine("all statements, tagged or not")
        self._spreadsheet = CheckLine("safe for spreadsheets: formulas are disarmed")
        self._history = CheckLine("how each highlight came to be as it is")
        self._mine = CheckLine("only what is yours, not what other annotators did")
        self._shared = shared
        self._of = {"csv": (self._statements, self._spreadsheet), "markdown": (self._history,)}
        self._state = Line("", "dim", max_rows=3)
        self._asked_of: Path | None = None
        """The existing file of which it was asked whether it shall be replaced."""

    def body(self) -> Iterable[Widget]:
        """Return path, its state, format, the boxes and the button."""
        field = LineField(self._suggested, placeholder="file")
        field.called = "File"
        yield field
        yield self._state
        yield self._format
        if self._chosen:
            yield self._all
        if self._shared:
            yield self._mine
        for boxes in self._of.values():
            yield from boxes
        yield PushLine("Export")

    def on_mount(self) -> None:
        """Begin with the path."""
        self.fit_frame()
        self.begin_at(self.query_one(LineField))
        self._show_boxes()
        self._look()

    def on_resize(self) -> None:
        """Do without empty rows in a low window."""
        self.fit_frame()

    def _show_boxes(self) -> None:
        """Show what can be chosen in the format; some hold the whole library in any case."""
        chosen = self._format.chosen
        for name, boxes in self._of.items():
            for box in boxes:
                box.display = name == chosen.id
        self._all.display = self._mine.display = not chosen.whole

    def _suggestion(self, everything: bool) -> str:
        """Return where the file could go."""
        chosen = self._format.chosen
        path = self._path_whole if chosen.whole else self._paths[everything]
        return f"{path.removesuffix(FORMATS[0].suffix)}{chosen.suffix}"

    def _suggest(self) -> None:
        """Suggest another path, unless the user has typed one."""
        before, self._suggested = self._suggested, self._suggestion(self._all.checked)
        if self._typed == before:
            self.query_one(LineField).value = self._suggested

    @property
    def _typed(self) -> str:
        """The path in the field, without blanks around it: nobody sees those."""
        return self.query_one(LineField).value.strip()

    def on_format_line_turned(self) -> None:
        """Offer what the other format offers, and let the path end as it does."""
        self._show_boxes()
        self._suggest()
        self._follow()
        self._asked_of = None
        self._look()

    def _follow(self) -> None:
        """Exchange the ending of a path that was typed, if it is that of another format."""
        typed, chosen = self._typed, self._format.chosen
        other = next((item for item in FORMATS if item.ends(typed)), chosen)
        if other is not chosen:
            stem = typed[: -len(other.suffix)]
            self.query_one(LineField).value = f"{stem}{chosen.suffix}"

    def _look(self) -> bool:
        """Say what is at the path now; return whether a file can go there."""
        text, usable = check_path(self._typed)
        replaces = text == REPLACES
        self._state.show(text, "warning" if replaces else "dim" if usable else "error")
        return usable

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look at the path while it is typed."""
        event.stop()
        self._asked_of = None
        self._look()

    def on_check_line_toggled(self, event: CheckLine.Toggled) -> None:
        """Suggest the other path, unless the user has typed one."""
        if event.line is self._all:
            self._suggest()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Export."""
        event.stop()
        self.action_export()

    def on_push_line_pushed(self) -> None:
        """Export."""
        self.action_export()

    def action_save(self) -> None:
        """Export, as Enter does."""
        self.action_export()

    def action_export(self) -> None:
        """Give the choice back if a file can go there; ask once more if one is there already."""
        if not self._look():
            return
        path = Path(self._typed).expanduser()
        if self._state.text == REPLACES and path != self._asked_of:
            self._asked_of = path
            self._state.show(question(self._typed, self._format.chosen), "warning")
            self.call_after_refresh(self._state.scroll_visible, animate=False)
            return
        self.dismiss(
            ExportChoice(
                path,
                self._all.checked,
                self._spreadsheet.checked,
                self._statements.checked,
                self._format.chosen.id,
                self._history.checked,
                self._mine.checked,
            )
        )
