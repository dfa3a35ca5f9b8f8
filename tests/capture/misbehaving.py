"""An extractor that does to the child process what parsers of hostile files have done."""

import os
import sys
import time

from reader.domain.article import Metadata
from reader.domain.article_draft import ArticleDraft
from reader.domain.content import CaptureDetails, Pages
from reader.domain.document import BlockTable
from reader.domain.errors import InputError
from reader.domain.text import Block, Role


def extract(source, report):  # noqa: C901 - a list of misdeeds
    word = source.raw.decode()
    if word == "abort":
        os.abort()
    if word == "leave":
        os._exit(0)
    if word == "spin":
        while True:
            pass
    if word == "sleep":
        report(1, 2)
        time.sleep(60)
    if word == "slow":
        for done in range(99):
            report(done, 100)
            time.sleep(0.15)
    if word == "eat":
        return bytearray(4_000_000_000)
    if word == "nest":
        return extract(source, report)
    if word == "lie":
        os.write(sys.stdout.fileno(), b"x" * 100)  # no answer: it goes nowhere
        return draft(BlockTable([Block(0, 900, Role.BODY)]))
    if word == "refuse":
        raise InputError(f"{source.name} is locked.", "Unlock it.")
    report(1, 1)
    return draft(BlockTable([Block(0, 4, Role.BODY)]))


def draft(blocks):
    return ArticleDraft(
        "W\xf6rd", blocks, b"", "", "text/odd", f"odd/{os.getpid()}", Metadata(title="A\n\x07 B"),
        ("A warning.",), CaptureDetails("https://example.org/", "short", Pages([0, 2])),
    )  # fmt: skip
