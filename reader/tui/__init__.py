"""The terminal interface; the one package that knows Textual."""
