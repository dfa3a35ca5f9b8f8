"""Feeds and lists of feeds: bytes in, what they list out. Parsed in the child process."""
