"""Which windows are open: those of this process, of others, of none."""

from __future__ import annotations

import subprocess
import sys

import pytest

from reader.storage.windows import close_window, is_open, open_window


def test_a_window_is_open_until_it_is_closed() -> None:
    one, other = open_window(), open_window()
    assert is_open(one)
    assert is_open(other)
    close_window(one)
    assert (is_open(one), is_open(other)) == (False, True)
    close_window(other)
    assert not any(map(is_open, ("", "rescued 2026-01-01", "a b c", f"{one}x")))


@pytest.mark.skipif(sys.platform == "win32", reason="other processes cannot be looked at there")
def test_a_window_of_another_process_is_open_until_that_is_killed() -> None:
    code = "from reader.storage import windows as w; print(w.open_window(), flush=True); input()"
    command = [sys.executable, "-c", code]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        window = process.stdout.readline().rstrip("\n")
        assert is_open(window)
        if sys.platform == "linux":  # the number belongs to another process now
            assert not is_open(window.replace(window.split(" ")[-2], "1"))
        process.kill()
    assert not is_open(window)
