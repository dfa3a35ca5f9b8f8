"""The command line: thin click commands."""
