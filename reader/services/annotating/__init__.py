"""What keys do to an article: highlights, judgements, notes, undo."""
