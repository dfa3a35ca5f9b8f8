"""An app that shows single widgets in the project's styles, and the screen as plain text."""

from __future__ import annotations

from pathlib import Path

from textual.app import App, ComposeResult
from textual.message import Message
from textual.widget import Widget

from reader.tui.look.themes import THEMES

STYLES = Path(__file__).parents[2] / "styles"


class WidgetApp(App[object]):
    """Shows the widgets given and keeps the messages that reach it."""

    CSS_PATH = sorted(STYLES.glob("*.tcss"))

    def __init__(self, *widgets: Widget, theme: str = "dark") -> None:
        super().__init__(ansi_color=True)
        for each in THEMES:
            self.register_theme(each)
        self.theme = theme
        self.widgets = widgets
        self.messages: list[Message] = []

    def compose(self) -> ComposeResult:
        yield from self.widgets

    def of(self, kind: type[Message]) -> list[Message]:
        return [message for message in self.messages if isinstance(message, kind)]

    async def _on_message(self, message: Message) -> None:
        if message.__module__.startswith("reader."):
            self.messages.append(message)
        await super()._on_message(message)


def screen_text(app: App[object]) -> str:
    """Return the screen as the user sees it, one line per row."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


def widget_text(widget: Widget) -> list[str]:
    """Return the rows of a widget."""
    return [widget.render_line(y).text.rstrip() for y in range(widget.size.height)]
