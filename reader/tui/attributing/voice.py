"""How something is told, what its speaker does, and whether it was said: one key each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from reader.domain.attributed import ACTS, VOICES, Attribution, act_label
from reader.domain.codebook import Codebook, Facet, Tag
from reader.domain.highlight import Judgement
from reader.services.attributing import rating
from reader.tui.attributing.answers import Answers, Item
from reader.tui.attributing.desk import Desk
from reader.tui.attributing.key_line import KeyLine
from reader.tui.commands.answering import ABOUT
from reader.tui.commands.pressed import first_key
from reader.tui.screens.dialogs.base import Dialog, Line
from reader.tui.widgets.bindings import bindings_for, carried

_CARRIED = ("step(1)", "step(-1)", "help")


class VoiceDialog(Dialog[None]):
    """Says how statements are told; each key is saved at once, and sets or takes off.

    Whether it was said is a judgement on who is said to have said it, apart from whether it is so.

    Args:
        desk: The statements.
        books: Codebooks that ask something of attributions.
        given: What is judged of the attribution so far.
        who: Who said it, in a few words; empty if that is not said.
        blind: Whether to cover the tags of the statement, if the active codebook is among them.
    """

    HELP = "One key sets each; ↑ ↓ go from question to question; Enter or Esc leaves."
    CONTEXTS = ("voice",)
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(carried("voice", _CARRIED))

    def __init__(
        self,
        desk: Desk,
        books: Sequence[Codebook],
        given: Sequence[Judgement],
        who: str = "",
        *,
        blind: bool = False,
    ) -> None:
        super().__init__("How is it told?", who)
        self.set_class(blind and len(books) > 1, "-blind")
        self._desk = desk
        self._books = books if len(desk.targets) == 1 else ()
        self._given = tuple(given)
        self._answers = Answers(self._do, self.action_leave)
        self._about = Line("", "dim", max_rows=2, id="description")
        self._keys = KeyLine(1)

    def body(self) -> Iterable[Widget]:
        """Return words, questions, and what the last key meant."""
        yield Line(self._desk.words, "dim")
        yield self._answers
        yield self._about
        yield self._keys

    def on_mount(self) -> None:
        """Take keys."""
        self._fit()
        self._answers.focus()
        self._show()
        keys = " ".join(filter(None, map(first_key, ("voice.previous", "voice.next"))))
        self._keys.show([(keys, "question", "step(1)"), ("Enter", "done", "leave")])

    def on_resize(self) -> None:
        """Use the height there is."""
        self._fit()

    def _fit(self) -> None:
        around = 6 if self.fit_frame() else 10
        self._answers.most = max(3, self.rows_there - around)
        self._answers.content_changed()

    def action_step(self, step: int) -> None:
        """Go to the next or previous question."""
        self._about.show("")
        self._answers.step(step)

    def _show(self) -> None:
        said = self._desk.said or Attribution("", "")
        self._answers.show([*self._told(said), *self._judged()])

    def _do(self, item: Item) -> None:
        item.do()
        self._about.show(item.about)
        self._show()

    # ------------------------------------------------------------------ the questions

    def _told(self, said: Attribution) -> Iterable[tuple[str, list[Item]]]:
        voices = [
            Item(
                f"voice.{voice}", voice, ABOUT[voice], self._setting("voice", voice),
                on=said.voice == voice,
            )
            for voice in VOICES
        ]  # fmt: skip
        acts = [
            Item(f"act.{act}", act_label(act), ABOUT[act],
                 self._setting("act", act), on=said.act == act)
            for act in ACTS
        ]  # fmt: skip
        yield "Voice", voices
        yield "What the speaker does", acts
        scopes = {"certain": True, "uncertain": False}
        yield (
            "Where it begins and ends",
            [
                Item(f"scope.{name}", name, ABOUT[name], self._setting("scope_certain", value),
                     on=said.scope_certain is value)
                for name, value in scopes.items()
            ],
        )  # fmt: skip

    def _setting(self, field: str, value: str | bool) -> Callable[[], None]:
        """Return what sets a field, or takes it off if it is set so."""

        def do() -> None:
            off = getattr(self._desk.said, field, None) == value
            wanted = None if off else value
            word = value if isinstance(value, str) else f"scope {'' if value else 'un'}certain"
            self._desk.change(
                lambda said: _with(said, field, wanted), f"{word}{' off' if off else ''}"
            )

        return do

    def _judged(self) -> Iterable[tuple[str, list[Item]]]:
        for book in self._books:
            for facet in rating.facets_for(book, "attribution"):
                here = " Of this attribution only." if "source" in facet.applies_to else ""
                tags = [self._tag(book, facet, tag) for tag in facet.tags]
                yield f"{facet.title}{here}", tags

    def _tag(self, book: Codebook, facet: Facet, tag: Tag) -> Item:
        on = any(
            (item.codebook, item.facet, item.code) == (book.id, facet.id, tag.code)
            for item in self._given
        )

        def do() -> None:
            uid = self._desk.attribution_uid
            if uid is None:
                self._desk.screen.say("Say first who said it, or how it is told.")
                return
            self._given = self._desk.rate("attribution", uid, self._given, (book, facet, tag))

        return Item(tag.key, tag.label, tag.definition, do, tag.symbol, tag.color, on)


def _with(said: Attribution, field: str, value: str | bool | None) -> Attribution:
    """Return an attribution with another voice, act or certainty of its scope."""
    if field == "voice":
        return replace(said, voice=value if isinstance(value, str) else None)
    if field == "act":
        return replace(said, act=value if isinstance(value, str) else None)
    return replace(said, scope_certain=value if isinstance(value, bool) else None)
