"""Bytes in, an article draft out."""
