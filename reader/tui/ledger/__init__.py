"""What is read across the whole library: who says what, what is owed, what stands twice."""
