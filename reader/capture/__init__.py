"""Bytes in, a draft of an article out."""

from reader.capture.capture import KINDS, LIMIT, STANDARD_INPUT, capture_bytes, capture_file

__all__ = ["KINDS", "LIMIT", "STANDARD_INPUT", "capture_bytes", "capture_file"]
