"""The third room: a report goes in; JSON, tables, CSV and files come out.

    Report ──▶ write_json ──────────────────▶ bytes ──▶ write_file
           └─▶ tabulate ──▶ rows ──▶ write_csv ──▲

Tables are the only way from a report to anything with columns: a writer of rows
knows nothing of reports, and a new table needs no new writer.
"""

from typing import TYPE_CHECKING, Final

from peelparse.lazy import fetch_from

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

if TYPE_CHECKING:
    from peelparse.write.columns import COLUMNS, Cell, Column, Row
    from peelparse.write.files import write_file
    from peelparse.write.schema import write_schema
    from peelparse.write.tables import tabulate
    from peelparse.write.to_csv import CutCell, iter_cut_cells, write_csv
    from peelparse.write.to_json import read_json, write_json
else:
    # each is loaded for whoever asks for it: JSON needs no tables, and they no CSV
    _HOMES: Final = {
        "columns": ("COLUMNS", "Cell", "Column", "Row"),
        "files": ("write_file",),
        "schema": ("write_schema",),
        "tables": ("tabulate",),
        "to_csv": ("CutCell", "iter_cut_cells", "write_csv"),
        "to_json": ("read_json", "write_json"),
    }
    __getattr__, __dir__ = fetch_from(__name__, _HOMES)
