"""Searching in one article, and acting on what is found."""
