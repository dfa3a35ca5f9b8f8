"""Finding things again across the whole library: by their words, and all highlights of one kind."""
