"""Two texts held against each other: versions aligned, highlights found again, passages shared."""
