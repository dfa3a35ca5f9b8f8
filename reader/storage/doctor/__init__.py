"""Examines a library file, changing nothing: pages, tables, texts, anchors, log against state.

Everything is read as a stream; what the log says is built in a temporary database on the disk and
compared row by row, so that the memory needed does not grow with the library.
"""

from reader.storage.doctor.examination import CHECKS, SHOWN, Examination, Fault
from reader.storage.doctor.structure import missing_end

__all__ = ["CHECKS", "SHOWN", "Examination", "Fault", "missing_end"]
