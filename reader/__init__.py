"""A terminal app for close reading."""

__version__ = "0.1.0"
