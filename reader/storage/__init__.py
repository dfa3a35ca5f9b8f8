"""The one package that knows SQLite."""
