"""What leaves and comes in: CSV, reports, the log itself."""
