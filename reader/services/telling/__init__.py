"""What is told of a highlight besides its tags: who said it, relations, evidence."""
