"""The smallest Textual app: what starting costs whatever one does."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """Says hello."""

    BINDINGS = [("q", "quit", "quit")]  # noqa: RUF012 - as small as can be

    def compose(self) -> ComposeResult:
        yield Static("hello world")


if __name__ == "__main__":
    Hello().run()
