"""What a copy is, what was read from it, what it lacks, and why: `peelparse doctor`.

page, report ──▶ examine ──▶ Examination ──▶ a screen, or JSON
page         ──▶ draw_skeleton ──▶ text for a bug report, without the page's prose
"""

from peelparse.doctor.copies import COPIES, Copy
from peelparse.doctor.examine import Examination, Lack, examine, examine_error
from peelparse.doctor.skeleton import draw_skeleton

__all__ = [
    "COPIES",
    "Copy",
    "Examination",
    "Lack",
    "draw_skeleton",
    "examine",
    "examine_error",
]
