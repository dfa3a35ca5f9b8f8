"""What must survive: ``kill -9``, a power cut, a full disk, a locked library.

The normal tests do each a few times; ``python -m tests.faults`` kills and cuts hundreds of times.
"""
