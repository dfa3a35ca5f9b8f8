"""Pages that change: capture again, carry highlights over, show what became of text and marks."""
