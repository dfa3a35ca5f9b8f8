"""What holds for all tests."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.cli.shell import Shell
    from tests.new_libraries import Pattern

sys.dont_write_bytecode = False  # or every worker and every program under test compiles it all
settings.register_profile("untimed", deadline=None)  # a busy machine is no mistake of the code
settings.load_profile("untimed")

MEMORY = Path("/dev/shm")  # files in it are not written to a disk
ROOM = 2 * 1024**3
"""Bytes that must be free there."""

MADE_THERE = {
    *("faults", "test_faults.py", "test_library.py", "test_migrations.py", "test_windows.py"),
    *("test_backup.py", "test_copied_libraries.py"),
}
"""Folders and files of tests that have new libraries made as they are for users."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to find the tests that do not wait for what they look for."""
    parser.addoption("--delays", type=int, help="delay threads and event loop; the seed")


def pytest_configure() -> None:
    """Have the tests' folders in memory if that can be: half of what they waited for was the disk.

    What they find out is the same: what a disk may lose is simulated, not awaited.
    """
    if sys.platform == "linux" and os.access(MEMORY, os.W_OK):
        found = os.statvfs(MEMORY)
        if found.f_bavail * found.f_frsize > ROOM and not found.f_flag & os.ST_NOEXEC:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_finish() -> None:
    """Have garbage looked for less often, and not in all that was imported: a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True, scope="session")
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let nothing be kept in the folders of whoever runs the tests."""
    folder = tmp_path_factory.mktemp("own")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        patch.setenv("TMPDIR", str(tmp_path_factory.mktemp("temporary")))
        patch.setattr(tempfile, "tempdir", None)  # asked anew
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        yield


@pytest.fixture(autouse=True)
def _copied_libraries(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Have new libraries copied, but where it is tested how they are made."""
    if MADE_THERE & set(request.path.relative_to(request.config.rootpath).parts):
        yield
    else:
        with _pattern(tmp_path_factory.getbasetemp() / "pattern.db").copied():
            yield


@cache
def _pattern(path: Path) -> Pattern:
    from tests.new_libraries import Pattern  # late: not every test needs the storage

    return Pattern(path)


@pytest.fixture(autouse=True)
def _delays(pytestconfig: pytest.Config) -> Iterator[None]:
    """Delay what runs beside the event loop, if that is asked for."""
    seed: int | None = pytestconfig.getoption("--delays")
    if seed is None:
        yield
    else:
        from tests.delaying import delayed  # late: it imports the interface

        with delayed(seed):
            yield


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A library on which commands are run."""
    from tests.cli.shell import Shell  # late: few tests need the command line

    return Shell(tmp_path, capsys)
