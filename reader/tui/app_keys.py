"""What the app does with each key, in turn: the quick way where it is a command, else Textual's."""

from __future__ import annotations

from textual import events
from textual.widget import Widget

from reader.tui.app_messages import MessagesApp
from reader.tui.key_queue import KeyQueue
from reader.tui.quick_keys import QuickKeys
from reader.tui.reading.screen import ReadingScreen

_CLICKS = (events.MouseDown, events.MouseUp, events.MouseScrollDown, events.MouseScrollUp)
"""What the mouse does that may change what keys mean."""


class KeysApp(MessagesApp):
    """An app that gives each key to what it is for, one after the other."""

    quick_keys: QuickKeys
    """What keys mean in the article and the panel."""
    key_queue: KeyQueue
    """The keys that have been typed and not been given yet."""

    def hold_keys(self, by: object) -> None:
        """Keep keys back, because somebody is about to change what they mean."""
        self.key_queue.hold(by)

    def forget_keys(self) -> None:
        """Drop the keys that were kept: what they were typed for is not going to happen."""
        self.key_queue.forget()

    def let_keys_go(self, by: object) -> None:
        """Give the keys that somebody kept back to what has the focus now, if no other does."""
        self.key_queue.let_go(by)

    async def on_event(self, event: events.Event) -> None:
        """Do at once what a key means in the article or the panel; other events go their way."""
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            clicks = isinstance(event, _CLICKS) and not event.is_forwarded
            if clicks:
                self._free_mouse()
                self.clicked()
            await super().on_event(event)
            if clicks:
                self.key_queue.follow()  # keys wait for what it does, as for that of a key
        elif not self.key_queue.waits(event):
            self.uncover()
            if isinstance(event, events.Key) and self.quick_keys.take(event.key):
                self.key_queue.go_on()
            else:
                await super().on_event(event)
                self.key_queue.follow()

    def _free_mouse(self) -> None:
        """Take the mouse from a field that went away while its button was down.

        To Textual all that the mouse does would go on being for that field.
        """
        holder = self.mouse_captured
        if holder is not None and not (holder.is_attached and holder.screen is self.screen):
            self.capture_mouse(None)

    def keys_go_to(self) -> Widget | None:
        """Return the article or the panel if keys are commands in it and nothing else takes one."""
        screen = self.screen
        if (
            self.count
            or self.tag_next
            or not isinstance(screen, ReadingScreen)
            or not self.app_focus
        ):
            return None
        return screen.commanded()

    def on_key(self, event: events.Key) -> None:
        """Let the article have a letter that is no command: the name of a mark."""
        screen = self.screen
        if isinstance(screen, ReadingScreen) and screen.takes_key(event):
            event.prevent_default()
