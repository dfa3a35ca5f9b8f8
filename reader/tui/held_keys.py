"""Keeps keys back while what they mean is about to change, and gives them again in their order.

What is typed while an article opens, or a dialog, is for what comes then. Keys that come while
others are given again were typed after all of those, and wait for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from reader.tui.quick_keys import PATIENCE_S
from reader.tui.reading.screen import ReadingScreen

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp

_AGAIN = "given_again"
"""Mark of a key that is given a second time; a class of its own would have other handlers."""


class HeldKeys:
    """The keys that are kept back.

    Args:
        app: The app, which every key comes to.
    """

    def __init__(self, app: ReaderApp) -> None:
        self._app = app
        self.kept: list[events.Key] | None = None
        """What is kept back; None while nothing is."""
        self._later: list[events.Key] = []
        """Keys that came while others were kept back: they were typed after all of those."""
        self._given = 0
        """Keys that were given back and have not come yet: what is typed now comes after them."""
        self._letting_go = False

    def hold(self) -> None:
        """Keep keys back from now on."""
        self._letting_go = False
        if self.kept is None:
            self.kept = []

    def keep(self, event: events.Key) -> None:
        """Keep back a key that came while keys are kept back."""
        if self.kept is not None:
            self.kept.append(event)

    def forget(self) -> None:
        """Drop the keys that were kept."""
        if self.kept is not None:
            self.kept.clear()
            self._later.clear()

    def let_go(self) -> None:
        """Give the keys that were kept back to what has the focus, after those that are under way.

        Those went from widget to widget: they were typed before the ones that are kept.
        """
        if self._app.quick_keys.on_their_way():
            if not self._letting_go:
                self._letting_go = True
                self._app.set_timer(PATIENCE_S, self._overdue)
            return
        self._letting_go = False
        keys, self.kept, self._later = [*(self.kept or ()), *self._later], None, []
        for event in keys:
            self.give_again(event)

    def _overdue(self) -> None:
        """Give them now: a key that has not come back by now went to what is no longer there."""
        if self._letting_go:
            self._app.quick_keys.give_up()
            self.let_go()

    def let_go_if_due(self) -> None:
        """Give them, if that was asked for and had to wait."""
        if self._letting_go:
            self.let_go()

    def give_again(self, event: events.Key) -> None:
        """Have a key come once more, after those that are given again already."""
        again = events.Key(event.key, event.character)
        setattr(again, _AGAIN, True)
        self._given += 1
        again.set_sender(self._app)  # like one from the terminal: it bubbles up to the app
        self._app.post_message(again)

    def take(self, event: events.Key) -> bool:
        """Keep a key that other keys come before: those kept back, and those just given back."""
        again = hasattr(event, _AGAIN)
        if again:
            self._given = max(0, self._given - 1)
        screen = self._app.screen
        if self.kept is not None and isinstance(screen, ReadingScreen):
            if self._has_priority(event.key):
                return False
            if not (event.key == "escape" and screen.stop_search()):
                self._later.append(event)
            return True
        if self._given and not again:
            self.give_again(event)
            return True
        if not again and self._would_overtake():
            self._later.append(event)
            self.let_go()
            return True
        return False

    def _would_overtake(self) -> bool:
        """Whether keys that were typed before wait, or went where the focus was before."""
        if self._letting_go:
            return True
        return self.kept is None and self._app.quick_keys.went_elsewhere()

    def _has_priority(self, key: str) -> bool:
        chain = self._app.screen._modal_binding_chain
        return any(
            binding.priority for _, known in chain for binding in known.key_to_bindings.get(key, ())
        )


def is_given_again(event: events.Key) -> bool:
    """Whether a key came before, was kept back, and is given once more."""
    return hasattr(event, _AGAIN)
