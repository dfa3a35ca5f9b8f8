"""Pages that look like today's news sites, of our own making, each with what it should give."""
