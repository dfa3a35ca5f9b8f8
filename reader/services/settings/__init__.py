"""The settings: what there are, read from a file, written into it."""
