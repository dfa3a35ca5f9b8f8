from __future__ import annotations

import pytest

from reader.domain.article import Metadata


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-02-08T07:30:00Z", "2026-02-08"),
        ("2026-02-08T07:30:00+01:00?", "2026-02-08?"),
        ("2026-02-08?", "2026-02-08?"),
        ("2026-02-08", "2026-02-08"),
        ("2026-02", "2026-02"),
        ("Tuesday, 3 February", "Tuesday, 3 February"),
        ("the summerTime of 1968", "the summerTime of 1968"),
        (None, ""),
    ],
)
def test_the_day_of_publication_has_no_time_of_day(said: str | None, day: str) -> None:
    assert Metadata(published_at=said).published_on == day
