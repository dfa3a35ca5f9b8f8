"""The tables, as migrations; imported only to make them, or bring them up to date."""
