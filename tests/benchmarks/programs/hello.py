"""The smallest Textual app, which answers a key: what starting costs whatever one does."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """Says hello."""

    BINDINGS = [("j", "answer", "answer"), ("q", "quit", "quit")]  # noqa: RUF012 - as small as can be

    def compose(self) -> ComposeResult:
        self.static = Static("hello world")
        yield self.static

    def action_answer(self) -> None:
        self.static.update("answered")


if __name__ == "__main__":
    Hello().run()
