"""What detectors propose: who says what; and what annotators decide on it. Never a tag."""
