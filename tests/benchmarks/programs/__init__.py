"""Tiny programs that the app is measured against."""
