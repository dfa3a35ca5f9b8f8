"""Who says what: attributing statements, and keeping the list of sources."""
