"""Parsing without a child process, for tests of what comes after it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from reader.capture.extractors import extractor_of
from reader.capture.sandbox import Sandbox
from reader.capture.source import Report, Source, quiet


def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let sandboxes parse here: children take long to start. That there are some, others test."""

    def run(self: Sandbox, kind: str, source: Source, report: Report = quiet) -> Any:
        return import_module(extractor_of(kind).module).extract(source, report)

    monkeypatch.setattr(Sandbox, "_run", run)
