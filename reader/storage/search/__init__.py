"""Full-text search across the library: its tables, how they are kept right, how they are asked.

What can be found lies in two FTS5 tables. ``search_text`` holds the words of each article's newest
text and not the text itself, which stays where it is. ``search_words`` holds all that is short:
titles, labels, quotations, notes, reasons, tags, sources, evidence. Triggers note in
``search_todo`` what has changed, which costs a save next to nothing; before a search, what is noted
there is brought in.

All of it is local state, no operations: it can be thrown away and made anew.
"""
