"""Relations between statements, and evidence for them, as they are stored."""
