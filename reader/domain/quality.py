"""What looks wrong with a capture, for the user to decide on."""

from __future__ import annotations

from reader.domain.records import dataclass


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing that looks wrong with what was taken from a source.

    Attributes:
        code: A word for programs: ``nothing``, ``robot-check``, ``cookie-wall``, ``paywall``,
            ``login``, ``shorter``, ``one-paragraph``, ``left-out``, ``mostly-links``,
            ``too-large``, ``whole-page``.
        message: A sentence for people.
    """

    code: str
    message: str
