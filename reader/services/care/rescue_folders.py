"""Where what could not be saved may be kept: folders of the user's own, on several disks."""

from __future__ import annotations

import os
from pathlib import Path

from reader.services.folders import APP

_TEMPORARY = "/tmp"  # noqa: S108 - a folder of one's own is made in it
_MEMORY = Path("/dev/shm")  # noqa: S108 - the same


def folders() -> list[Path]:
    """Return where rescue files may lie, the usual place first; others if that cannot be written.

    They are not beside the library: its disk may be the one that is full. Often it is the only
    one; then there is still the machine's memory. The folder for temporary files is not asked of
    :mod:`tempfile`, which tries whether it can be written: on a full disk it finds none.
    """
    import platformdirs

    state, cache = platformdirs.user_state_path(APP), platformdirs.user_cache_path(APP)
    common = [Path(os.environ.get("TMPDIR") or os.environ.get("TEMP") or _TEMPORARY)]
    common += [_MEMORY] if _MEMORY.is_dir() else []
    own = f"{APP}-{os.getuid() if hasattr(os, 'getuid') else 0}"
    return [state / "rescue", cache / "rescue", *(folder / own for folder in common)]


def is_in_memory(path: Path) -> bool:
    """Return whether a rescue file is gone when the machine is switched off."""
    return _MEMORY in path.parents


def is_ours(folder: Path) -> bool:
    """Return whether a folder belongs to the user: anybody may make one in a common place."""
    return not hasattr(os, "getuid") or folder.lstat().st_uid == os.getuid()
