"""What the reading screen knows: the session, counts, what is listed, what is selected."""
