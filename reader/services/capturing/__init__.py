"""Getting articles in: one file, many, a folder, what was pasted; with progress and a report."""
