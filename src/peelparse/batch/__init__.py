"""Folders to data sets: many inputs, one output that is whole or as it was.

    list ──▶ work (many processes) ──▶ manifest ──▶ emit in order ──▶ sink
    inputs   work.py, crew.py          manifest.py  run.py         write.datasets
                                            └─────▶ join ──────────────▲
                                                    joined.py

`work` is one pure function of one input: the same in this process, in a pool and on
a cluster. Everything that it finds goes to the manifest first, and from there to the
output in the order of the inputs' names; so the output depends on nothing but the
inputs, however many workers there are and however often a run was broken off.
"""

from peelparse.batch.columns import TABLES
from peelparse.batch.inputs import Inputs
from peelparse.batch.manifest import Manifest
from peelparse.batch.outcome import Item, Outcome, unpack_json
from peelparse.batch.run import gather
from peelparse.batch.settings import Settings
from peelparse.batch.staff import Staff
from peelparse.batch.summary import Summary
from peelparse.batch.work import work

__all__ = [
    "TABLES",
    "Inputs",
    "Item",
    "Manifest",
    "Outcome",
    "Settings",
    "Staff",
    "Summary",
    "gather",
    "unpack_json",
    "work",
]
