"""A web server on this machine, good or bad, for the tests."""
