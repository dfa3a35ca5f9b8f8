"""What lists and searches are asked for, and what they find."""
