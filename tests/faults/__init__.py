"""What must survive: ``kill -9``, a locked library, a crash while a note is typed.

The normal tests kill a few times; ``python -m tests.faults --kills 100`` does it for longer.
"""
