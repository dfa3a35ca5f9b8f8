"""Who says what in a text, as far as its wording shows it: quotations, cues, speakers."""
