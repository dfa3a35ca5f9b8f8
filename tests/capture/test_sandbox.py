"""The child process that parses foreign formats: nothing that it does reaches the program."""

from __future__ import annotations

import os
import threading
import time

import pytest

from reader.capture import sandbox
from reader.capture.extractors import EXTRACTORS, MB, Extractor
from reader.capture.sandbox import Limits, Sandbox
from reader.capture.source import Source
from reader.domain.content import CaptureDetails, Pages
from reader.domain.errors import Cancelled, InputError

ODD = Extractor("tests.capture.misbehaving", "an odd file", MB, "Do not do that.")


@pytest.fixture(autouse=True)
def _odd_format(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EXTRACTORS, "odd", ODD)
    code = sandbox._CODE.replace(
        "main()",
        "from reader.capture.extractors import EXTRACTORS, Extractor; "
        f"EXTRACTORS['odd'] = Extractor({ODD.module!r}, '', 0, ''); main()",
    )
    monkeypatch.setattr(sandbox, "_CODE", code)


def ask(box: Sandbox, word: str, report=lambda *_: None):
    return box.extract("odd", Source(word.encode(), "x.odd"), report)


def refusal(box: Sandbox, word: str) -> str:
    with pytest.raises(InputError) as caught:
        ask(box, word)
    assert "x.odd" in caught.value.message
    assert caught.value.hint
    return caught.value.message


def test_a_draft_comes_back_whole_and_one_child_reads_many() -> None:
    with Sandbox() as box:
        told: list[tuple[int, int]] = []
        first = ask(box, "fine", lambda done, total: told.append((done, total)))
        assert (first.text, first.media_type, first.warnings) == (
            "W\xf6rd", "text/odd", ("A warning.",),
        )  # fmt: skip
        assert first.metadata.title == "A \ufffd B"
        assert first.details == CaptureDetails("https://example.org/", "short", Pages([0, 2]))
        assert told == [(1, 1)]
        assert refusal(box, "refuse") == "x.odd is locked."
        assert ask(box, "fine").extractor == first.extractor  # the same child
        pid = int(first.extractor.removeprefix("odd/"))
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_whatever_the_child_does_is_told_and_the_next_source_is_read() -> None:
    with Sandbox() as box:
        for word, told in [
            ("abort", "parser broke down"),
            ("leave", "parser broke down"),
            ("lie", "parser broke down"),
            ("eat", "more memory than is allowed"),
            ("nest", "damaged, or not really an odd file"),
        ]:
            assert told in refusal(box, word)
            assert ask(box, "fine").text == "W\xf6rd"


def test_time_is_limited_by_computing_and_by_the_clock() -> None:
    with Sandbox(Limits(cpu_s=1)) as box:
        assert "takes too long" in refusal(box, "spin")
    with Sandbox(Limits(wall_s=0.4, times=3)) as box:
        assert "takes too long" in refusal(box, "sleep")
        began, parts = time.monotonic(), []
        with pytest.raises(InputError, match="takes too long"):
            ask(box, "slow", lambda done, total: parts.append(done))
        assert parts[-1] >= 3  # progress gives more time,
        assert time.monotonic() - began < 5  # but not without end


def test_cancelling_from_another_thread() -> None:
    with Sandbox() as box:
        began = time.monotonic()

        def cancel(done: int, total: int) -> None:
            threading.Thread(target=box.cancel).start()

        with pytest.raises(Cancelled):
            ask(box, "sleep", cancel)
        assert time.monotonic() - began < 10
        with pytest.raises(Cancelled):
            ask(box, "fine")


def test_an_interrupt_ends_the_child() -> None:
    with Sandbox() as box:

        def interrupt(done: int, total: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            ask(box, "sleep", interrupt)
        assert box._child is None


def test_a_limit_of_size() -> None:
    with Sandbox() as box, pytest.raises(InputError, match=r"larger than 1 MB.*an odd file"):
        box.extract("odd", Source(b"x" * (MB + 1), "x.odd"))
