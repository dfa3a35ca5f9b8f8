"""Fetching of one page that the user has asked for; nothing else is ever fetched."""

from reader.capture.fetch.fetching import Fetch, Fetched, Limits

__all__ = ["Fetch", "Fetched", "Limits"]
