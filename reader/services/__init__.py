"""Use cases; they know neither Textual nor SQL, and print nothing."""
