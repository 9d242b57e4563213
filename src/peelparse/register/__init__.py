"""A register of areas for improvement that people keep, and pages keep up to date.

    reports ──▶ collect ──▶ entries ──▶ update ──▶ Register ──▶ save_register
                                          ▲  ▲
          register.csv ──▶ load_register ─┘  └─ merge ◀── another person's copy

The columns of `OWN` belong to peelparse, all others to whoever added them. Rows and
columns stay where they are and nothing is ever deleted: what is new goes to the end.

**Ids.** A row keeps its id for good: the force, the edition, and the id that the item
had when it was first seen, which is made from its words.

**Marks.** `change` says what the last run that found any change in an assessment (a
force in an edition) found: `new`, `changed` (the same place, other words; the old ones
are in `previous_text`), `vanished`, `returned`. A run that finds no change leaves the
marks, so running twice is running once. Rows of pages that a run does not see are left
alone.
"""

from peelparse.register.changes import Counts, update
from peelparse.register.csv_file import write_csv
from peelparse.register.entries import KINDS, Collected, Entry, Kind, collect
from peelparse.register.files import load_register, save_register
from peelparse.register.merging import CONFLICT, mark_conflicts, merge
from peelparse.register.rows import OWN, USER, Register

__all__ = [
    "CONFLICT",
    "KINDS",
    "OWN",
    "USER",
    "Collected",
    "Counts",
    "Entry",
    "Kind",
    "Register",
    "collect",
    "load_register",
    "mark_conflicts",
    "merge",
    "save_register",
    "update",
    "write_csv",
]
