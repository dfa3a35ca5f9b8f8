"""Opens an article's address in the browser, without letting the browser near the screen."""

from __future__ import annotations

import sys

from reader.domain.errors import UsageError
from reader.formats.markdown_text import address

_STARTER = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"


def checked(url: str | None) -> str:
    """Return an address that a browser may be given.

    Args:
        url: Such as what an article says of itself.

    Raises:
        UsageError: There is none, or it is none of the web.
    """
    if not url:
        raise UsageError("There is no address to be opened.", "")
    found = address(url)
    if found is None:
        raise UsageError(f"{url} is no web address.", "Only http:// and https:// are opened.")
    return found


def command_for(url: str) -> list[str]:
    """Return the command that opens an address; exit status 0 if a browser took it.

    Python's own choice of browser (``BROWSER``, else the desktop's) is made in a program of its
    own: some browsers are waited for, and some write to the terminal. It does not look for modules
    in the folder where the user happens to be.
    """
    return [sys.executable, "-I", "-c", _STARTER, url]
