"""Addresses of evidence as people type them."""

import pytest

from reader.domain.errors import UsageError
from reader.domain.evidence import check_url, whole_url


def test_a_scheme_is_added_where_nothing_else_is_missing() -> None:
    for text in ("example.org", "www.example.org/a?b=c#d", "süd.example:8080/x"):
        assert check_url(whole_url(f" {text} ")) == f"https://{text}"
    for text in ("https://example.org", "HTTP://x.example/", ""):
        assert whole_url(text) == text
    for text in ("ftp://x.org", "javascript:alert(1)", "register, p. 3", "mailto:a@b.org", "p.3"):
        with pytest.raises(UsageError):
            check_url(whole_url(text))
