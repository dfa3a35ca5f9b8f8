"""Finding things again across the library: the search, and opening what it found."""
