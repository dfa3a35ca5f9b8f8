"""Getting articles in from the list: what is asked, how far it is, what came of it."""
