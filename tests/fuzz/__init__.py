"""Whatever is put in, no traceback comes out, and what is rejected changes nothing.

The normal tests try a little of each; ``python -m tests.fuzz --seconds 600`` does it for longer.
Everything is made from a seed: what was found comes again with ``--only NAME --seed N --times 1``.
"""
