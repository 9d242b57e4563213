"""The third room: a report goes in; JSON, tables, CSV and files come out.

    Report ──▶ write_json ──────────────────▶ bytes ──▶ write_file
           └─▶ tabulate ──▶ rows ──▶ write_csv ──▲

Tables are the only way from a report to anything with columns: a writer of rows
knows nothing of reports, and a new table needs no new writer.
"""

from peelparse.write.columns import COLUMNS, Cell, Column, Row
from peelparse.write.files import write_file
from peelparse.write.schema import write_schema
from peelparse.write.tables import tabulate
from peelparse.write.to_csv import CutCell, iter_cut_cells, write_csv
from peelparse.write.to_json import read_json, write_json

__all__ = [
    "COLUMNS",
    "Cell",
    "Column",
    "CutCell",
    "Row",
    "iter_cut_cells",
    "read_json",
    "tabulate",
    "write_csv",
    "write_file",
    "write_json",
    "write_schema",
]
