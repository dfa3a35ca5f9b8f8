"""Shows a claim: who asserts, denies or narrows it, in time order; Enter opens a statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget

from reader.domain.errors import ReaderError
from reader.services.annotating.annotations import Target
from reader.services.relating.claims import Claim, Voice, claim_of, claims
from reader.tui.asking import AskingScreen, run_beside
from reader.tui.attributing.key_line import KeyLine
from reader.tui.commands import commands_for, key_for
from reader.tui.commands.pressed import first_key
from reader.tui.reading.screen import ReadingScreen
from reader.tui.relating.following import follow
from reader.tui.screens.dialogs.base import Line
from reader.tui.screens.dialogs.choice import Choice, ChoiceDialog
from reader.tui.screens.dialogs.walking import WalkingDialog
from reader.tui.widgets.bindings import bindings_for
from reader.tui.widgets.cells import cells_of, clip, fit, row, seg, split_row, wrap
from reader.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

_USED = 9
_DATE, _ROLE = 11, 12
_WIDE = 64
"""Cells from which on the chain stands in the closed row."""
_QUOTE_ROWS = 6


class VoiceList(LineList):
    """Who speaks of a claim, each in one row; the current one with all that is known of it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--empty",
        "choice--current",
        "choice--bar",
        "choice--dim",
    }

    def __init__(self, claim: Claim) -> None:
        super().__init__(id="voices")
        self._voices = claim.voices

    def entry_count(self) -> int:
        """Return how many speak of it."""
        return len(self._voices)

    def draw_closed(self, position: int, width: int) -> Strip:
        """Return who does what, when and where."""
        return self._head(self._voices[position], width, current=False)

    def draw_open(self, position: int, width: int) -> list[Strip]:
        """Return the current one with its words."""
        voice = self._voices[position]
        ground, dim = self.part("choice--current"), self.part("choice--dim")
        bar = seg("▌", ground + self.part("choice--bar"))
        rows = [self._head(voice, width, current=True)]
        for text in wrap(f"“{' '.join(voice.place.exact.split())}”", width - 4, _QUOTE_ROWS):
            rows.append(row([bar, seg(f"  {text}", ground)], width, ground))
        if voice.tags:
            rows.append(row([bar, seg("  ", ground), *self._tags(voice, ground)], width, ground))
        for text in _facts(voice):
            for line in wrap(text, width - 4, 2):
                rows.append(row([bar, seg(f"  {line}", ground + dim)], width, ground))
        return rows

    def _tags(self, voice: Voice, ground: Style) -> list[Segment]:
        cells = []
        for judgement, tag in voice.tags:
            ink = self.tag_ink(tag.color) if tag else Style()
            cells.append(seg(f"{tag.symbol if tag else '·'} ", ground + ink))
            cells.append(seg(f"{tag.label if tag else judgement.code}  ", ground))
        return cells

    def _head(self, voice: Voice, width: int, *, current: bool) -> Strip:
        ground = self.part("choice--current") if current else Style()
        dim = ground + self.part("choice--dim")
        date = (voice.place.published_at or "no date")[:10]
        cells = [
            seg("▌" if current else " ", ground + self.part("choice--bar")),
            seg(fit(date, _DATE), dim),
            seg(fit(voice.role, _ROLE), ground + Style(bold=not voice.member)),
        ]
        for _, tag in voice.tags[:3]:
            ink = self.tag_ink(tag.color) if tag else Style()
            cells.append(seg(f"{tag.symbol if tag else '·'} ", ground + ink))
        if voice.tags[3:]:
            cells.append(seg("… ", dim))
        where = voice.place.outlet or voice.place.article
        right = [seg(f" {clip(where, width // 4)} ", dim)]
        if width >= _WIDE:
            room = width - cells_of(cells) - cells_of(right) - 1
            words = f"“{' '.join(voice.place.exact.split())}”"
            who = f"{' > '.join(voice.said.words)}: " if voice.said and voice.said.words else ""
            cells.append(seg(clip(f"{who}{words}", room), ground))
        return split_row(cells, right, width, ground)


def _facts(voice: Voice) -> Iterable[str]:
    if voice.chain:
        yield f"chain: {voice.chain}"
    elif voice.said is None:
        yield "nobody is said to have said it"
    if voice.said is not None:
        how = (voice.said.attribution.voice, voice.act)
        if any(how):
            yield " · ".join(filter(None, how))
    place = voice.place
    yield " · ".join(filter(None, (place.article, place.outlet, voice.annotator)))


class ClaimDialog(WalkingDialog[None]):
    """A claim and who speaks of it; Enter opens a statement above it, and back returns.

    Args:
        claim: The claim.
    """

    HELP = "j k move, Enter opens the statement in its place, Esc or q leaves."
    CONTEXTS = ("list",)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_for(commands_for("list")),
        Binding("enter", "open", "open", show=False),
    ]

    def __init__(self, claim: Claim) -> None:
        super().__init__("Claim", claim.summary())
        self._claim = claim
        self._list = VoiceList(claim)
        self._keys = KeyLine()
        self.opened_any = False
        """Whether a statement was opened from here, so that what lies below may have changed."""

    @property
    def walked(self) -> LineList:
        """The list."""
        return self._list

    def body(self) -> Iterable[Widget]:
        """Return the claim, who speaks of it, and the keys."""
        yield Line(f"“{self._claim.words}”", max_rows=2)
        yield self._list
        yield self._keys

    def on_mount(self) -> None:
        """Begin with the first who speaks of it."""
        self._keys.show(
            [
                ("Enter", "open in its place", "screen.open"),
                (f"{first_key('list.next')} {first_key('list.previous')}", "move", ""),
                ("Esc", "leave", "screen.leave"),
            ]
        )
        self._fit()
        self._list.set_current(0)
        self._list.focus()

    def on_resize(self) -> None:
        """Use the height there is."""
        self._fit()

    def _fit(self) -> None:
        self.fit_frame()
        rows = min(len(self._claim.voices) + 10, self.rows_there - _USED)
        self._list.styles.height = max(rows, 4)

    def on_line_list_jumped(self, message: LineList.Jumped) -> None:
        """Open what was clicked."""
        message.stop()
        self.action_open()

    def action_open(self) -> None:
        """Open the current statement in its place."""
        app = self.app
        self.opened_any = True
        run_beside(self, partial(self._open, app), "open", holds_keys=True)

    async def _open(self, app: ReaderApp) -> None:
        try:
            await follow(app, self._claim.voices[self._list.current or 0].place)
        except ReaderError as error:
            app.show_error(error)


async def show_of(screen: ReadingScreen, target: Target) -> None:
    """Show the claim that a statement makes.

    Raises:
        StorageError: The library cannot be read.
    """
    await screen.settled_or_told()
    uid = target.highlight.uid if target.highlight else None
    highlight = screen.session.annotations.target(target.span, uid).highlight
    claim = None
    if highlight is not None:
        of = highlight.uid
        claim = await screen.database.run(lambda library: claim_of(library, of))
    if claim is None or len(claim.voices) < 2:
        screen.say(
            f"No other statement makes this claim or speaks against it. {key_for('relation')} "
            "relates it: the same claim, restates, quotes; denies, narrows, contradicts."
        )
        return
    await _show(screen, claim)


async def _show(screen: AskingScreen, claim: Claim, chosen: str | None = None) -> None:
    """Show a claim; when it is left, the article below may have changed.

    Args:
        screen: The article, or the list of articles.
        claim: The claim.
        chosen: Which one it is in the list of claims, to go back to; None was not listed.
    """
    dialog = ClaimDialog(claim)

    def left(_: None) -> None:
        if dialog.opened_any and isinstance(screen, ReadingScreen):
            screen.come_back()
        if chosen is not None:
            screen.work_holding_keys(lambda: list_claims(screen.app, chosen), "dialog")

    await screen.app.push_screen(dialog, left)


async def list_claims(app: ReaderApp, chosen: str | None = None) -> None:
    """List the claims that statements of the library make together, and show the one chosen.

    Args:
        app: The app.
        chosen: The one that is current at first.

    Raises:
        StorageError: The library cannot be read.
    """
    screen = app.screen
    if not isinstance(screen, AskingScreen):
        return
    if isinstance(screen, ReadingScreen):
        await screen.settled_or_told()
    found = await app.database.run(claims)
    if not found:
        screen.say("No statements make one claim together as yet.")
        return
    chosen = await screen.ask(ChoiceDialog("Claims", _choices(found), current=chosen))
    if chosen is not None:
        await _show(screen, found[int(chosen)], chosen)


def _choices(found: Sequence[Claim]) -> list[Choice]:
    return [
        Choice(
            str(number),
            claim.words[:400],
            description=claim.summary(),
            note=f"{claim.articles} article{'' if claim.articles == 1 else 's'}",
        )
        for number, claim in enumerate(found)
    ]
