"""How many examples a dear property is tried with: few at each run, many in the long one."""

from __future__ import annotations

import os

TIMES = "READER_TEST_EXAMPLES"
"""The environment's factor: ``python -m tests.fuzz --properties N`` sets it."""

PROPERTIES = (
    "tests/services/exchange/test_exchange.py::test_what_is_exported_comes_in_again_the_same",
    "tests/services/exchange/test_replicas.py::test_five_replicas_never_diverge",
    "tests/formats/test_csv_lists.py::test_whatever_is_joined_is_split_again",
)
"""Those whose examples cost so much that the suite makes do with few."""


def examples(few: int) -> int:
    """Return how many examples to try, of which a run of the suite tries so many."""
    return few * int(os.environ.get(TIMES, "1"))
