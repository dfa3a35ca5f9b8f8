"""The folders that a platform has for a program's settings and data."""

from __future__ import annotations

import os
import sys

APP = "close-reader"
"""Name of the program's own folders."""

_USUAL = {"CONFIG": ".config", "DATA": ".local/share", "STATE": ".local/state"}


def user_folder(kind: str) -> str:
    """Return the program's folder as ``platformdirs`` has it, which takes long to import.

    It is asked only where the answer is not as simple as on Linux and on a Mac.

    Args:
        kind: ``CONFIG``, ``DATA`` or ``STATE``.
    """
    named = os.environ.get(f"XDG_{kind}_HOME", "").strip()
    if sys.platform.startswith(("linux", "freebsd")):
        return os.path.join(named or os.path.expanduser(f"~/{_USUAL[kind]}"), APP)
    if sys.platform == "darwin" and not named:
        return os.path.expanduser(f"~/Library/Application Support/{APP}")
    import platformdirs

    asked = {
        "CONFIG": platformdirs.user_config_dir,
        "DATA": platformdirs.user_data_dir,
        "STATE": platformdirs.user_state_dir,
    }
    return str(asked[kind](APP))
