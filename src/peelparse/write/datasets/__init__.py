"""Rows to a data set: a folder of CSV or Parquet, an SQLite file, a workbook.

    rows ──▶ Sink.add ──▶ a temporary sibling ──▶ Sink.close ──▶ the target
             folder.py, sqlite.py,                 places.py
             xlsx.py, parquet.py

A sink takes rows in their final order, report by report, and keeps few of them in
memory. The target appears whole when the sink is closed; until then, and whatever
goes wrong, what was there is as it was. The same rows give the same bytes.
"""

from peelparse.write.datasets.places import sweep
from peelparse.write.datasets.sinks import FORMS, Form, Sink, choose_form, open_sink
from peelparse.write.datasets.tables import TABLES, Table, make_table

__all__ = [
    "FORMS",
    "TABLES",
    "Form",
    "Sink",
    "Table",
    "choose_form",
    "make_table",
    "open_sink",
    "sweep",
]
