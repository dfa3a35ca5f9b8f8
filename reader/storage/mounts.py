"""Notices whether a file lies on a network mount, where SQLite's locks may not hold."""

from __future__ import annotations

import os
import re
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
"""Where Linux lists what is mounted; elsewhere nothing is known, and nothing is said."""

_NETWORK = frozenset(
    {
        *("9p", "afs", "beegfs", "ceph", "cifs", "davfs", "glusterfs", "gpfs", "lustre", "ncpfs"),
        *("nfs", "nfs4", "ocfs2", "smb3", "smbfs"),
        *("fuse.ceph", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs"),
        *("fuse.gvfsd-fuse", "fuse.smbnetfs", "fuse.google-drive-ocamlfuse", "fuse.onedriver"),
    }
)


def network_warning(path: Path) -> str | None:
    """Return what the user should know if a library lies on a network mount, else None."""
    network = network_filesystem(path)
    return network and (
        f"{path} lies on a network mount ({network}), where two machines at once may damage it. "
        "Keep it on a disk of this machine, and exchange work with `reader export jsonl` and "
        "`reader import jsonl`."
    )


def network_filesystem(path: Path, mounts: Path | None = None) -> str | None:
    """Return the kind of network file system that a file lies on, or None.

    Args:
        path: The file; it need not be there.
        mounts: The list of mounts; :data:`MOUNTS` by default.
    """
    try:
        listed = (mounts or MOUNTS).read_bytes()
    except OSError:
        return None
    place = os.fsencode(os.path.realpath(path))
    best, kind = -1, b""
    for line in listed.splitlines():
        fields, _, tail = line.partition(b" - ")
        words = fields.split(b" ")
        if len(words) < 5 or not tail:
            continue
        point = re.sub(rb"\\(\d{3})", _byte, words[4]).rstrip(b"/")
        inside = place == point or place.startswith(point + b"/")
        if inside and len(point) >= best:  # a later mount lies over an earlier one
            best, kind = len(point), tail.split(b" ")[0]
    name = kind.decode("ascii", "replace")
    return name if name in _NETWORK else None


def _byte(found: re.Match[bytes]) -> bytes:
    """Return the character that an octal escape of the list stands for."""
    return bytes([int(found[1], 8) & 0xFF])
