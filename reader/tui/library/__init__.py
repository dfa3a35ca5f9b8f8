"""The list of articles: its screen, its rows, and what is done to articles in it."""
