"""The tour on the sample article."""
