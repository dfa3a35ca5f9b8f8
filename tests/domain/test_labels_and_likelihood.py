"""Labels and likelihoods as people write them."""

import pytest

from reader.domain.errors import UsageError
from reader.domain.likelihood import BANDS, OUTSIDE, in_words, parse_likelihood, word_of
from reader.domain.overall import check_label, label_uid, labels_in


def test_labels_are_told_apart_as_people_do():
    assert check_label("  to   do ") == "to do"
    assert label_uid("a", "Climate") == label_uid("a", "cliMATE") != label_uid("b", "climate")
    assert labels_in("b, a,, A , c d") == ("a", "b", "c d")
    for wrong in ("", "a,b", "x" * 61, "a\x1bb", "a\u202eb"):
        with pytest.raises(UsageError):
            check_label(wrong)


def test_every_likelihood_has_one_word_and_its_mirror():
    words = [word_of(number) for number in range(101)]
    assert words[0] == words[100] == OUTSIDE
    assert list(dict.fromkeys(words[1:100])) == [band.word for band in BANDS]
    mirror = dict(zip([b.word for b in BANDS], [b.word for b in reversed(BANDS)], strict=True))
    assert all(words[100 - number] == mirror[words[number]] for number in range(1, 100))
    assert in_words(55) == "55 % (roughly even chance)"
    assert all(band.low <= band.middle <= band.high for band in BANDS)


def test_a_likelihood_is_read_from_number_or_word():
    for text, wanted in (
        ("70", 70), (" 70 % ", 70), ("100%", 100), ("Very  Likely", 88), ("probable", 68),
        ("roughly even", 50), ("remote", 3), ("very li", 88), ("rou", 50), ("", None), ("  ", None),
    ):  # fmt: skip
        assert parse_likelihood(text) == wanted
    for wrong in ("101", "-1", "7.5", "maybe", "٧", "%", "very", "almost", "li"):
        with pytest.raises(UsageError):
            parse_likelihood(wrong)
