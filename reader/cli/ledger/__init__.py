"""Commands that read across the whole library: ``overlap``, and what goes with it."""
