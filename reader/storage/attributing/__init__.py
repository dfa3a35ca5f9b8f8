"""Who says what: sources, attributions, and what is judged of either."""
