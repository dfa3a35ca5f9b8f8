"""The reading screen: its parts, one subject each."""
