"""Taking another library in: its operations, and what stands twice afterwards."""
