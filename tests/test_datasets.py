"""Data sets: read back by the tools that people use, whole or not there at all."""

import asyncio
import csv
import ctypes
import hashlib
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import msgspec
import pytest

from peelparse.errors import OptionError, WriteError
from peelparse.report import Item, Report
from peelparse.write import COLUMNS, Cell, Column, Row, read_json, tabulate, write_json
from peelparse.write.datasets import (
    FORMS,
    TABLES,
    Form,
    Table,
    choose_form,
    make_table,
    open_sink,
    places,
    sheets,
    sqlite,
    sweep,
    xlsx,
)
from test_write import BARE, RICH

LIBRARIES: Final = {"xlsx": ("xlsxwriter", "openpyxl"), "parquet": ("pyarrow",)}
NAMES: Final = {"folder": "out", "sqlite": "o.sqlite", "xlsx": "o.xlsx", "parquet": "p"}

TRICKY: Final = msgspec.structs.replace(
    RICH,
    title='=HYPERLINK("http://example.org")',
    source=msgspec.structs.replace(
        RICH.source, name="C:\\pages\\-con.html", sha256="ab" * 32
    ),
    questions=[
        msgspec.structs.replace(
            RICH.questions[0],
            findings=[
                Item(id="000000000001", text="=1+1"),
                Item(id="000000000002", text="@SUM(A1)\n+2"),
                Item(id="000000000003", text="<r>not markup</r>"),
                Item(id="000000000004", text="a \x0b tab, _x000D_, “quotes”, 𝒳"),
            ],
        )
    ],
)
"""What spreadsheets would run, and what XML cannot hold."""

REPORTS: Final = (RICH, BARE, TRICKY)


def need(form: Form) -> None:
    """Skip where the library of a form is missing."""
    for library in LIBRARIES.get(form, ()):
        pytest.importorskip(library, reason=f"{library} is not installed")


def put(
    path: Path, reports: Iterable[Report] = REPORTS, form: Form | None = None
) -> None:
    """Write a data set of reports."""
    with open_sink(path, form=form) as sink:
        for report in reports:
            for table in COLUMNS:
                sink.add(table, tabulate(report, table))
            sink.add_report(write_json(report))


def list_rows(table: str, reports: Iterable[Report] = REPORTS) -> list[Row]:
    return [row for report in reports for row in tabulate(report, table)]


def digest(path: Path) -> str:
    """Names and bytes of a file or folder."""
    found = hashlib.sha256()
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        found.update(file.name.encode() if path.is_dir() else b"")
        found.update(file.read_bytes())
    return found.hexdigest()


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# every form


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> Form:
    chosen: Form = request.param
    need(chosen)
    return chosen


@pytest.fixture
def target(form: Form, tmp_path: Path) -> Path:
    return tmp_path / NAMES[form]


class TestEveryForm:
    def test_the_same_rows_are_the_same_bytes(
        self, form: Form, target: Path, tmp_path: Path
    ) -> None:
        put(target, form=form)
        other = tmp_path / "elsewhere.bin"
        with open_sink(other, form=form) as sink:
            # in another rhythm: table by table, a row at a time
            for table in COLUMNS:
                for row in list_rows(table):
                    sink.add(table, iter([row]))
            for report in REPORTS:
                sink.add_report(write_json(report))
        assert digest(other) == digest(target)

    def test_a_new_one_takes_the_place_of_the_old(
        self, form: Form, target: Path, tmp_path: Path
    ) -> None:
        put(target, [BARE], form)
        old = digest(target)
        put(target, form=form)
        assert digest(target) != old
        assert list_names(tmp_path) == [target.name]

    def test_nothing_at_all(self, form: Form, target: Path) -> None:
        put(target, [], form)
        assert target.exists()

    def test_what_fails_leaves_the_old(
        self, form: Form, target: Path, tmp_path: Path
    ) -> None:
        put(target, [BARE], form)
        old = digest(target)

        def iter_rows() -> Iterator[Row]:
            yield from tabulate(RICH, "reports")
            raise ZeroDivisionError

        with (
            pytest.raises(ZeroDivisionError),
            open_sink(target, form=form) as sink,
        ):
            sink.add("reports", iter_rows())
        assert digest(target) == old
        assert list_names(tmp_path) == [target.name]

    def test_nothing_is_there_before_the_end(self, form: Form, target: Path) -> None:
        sink = open_sink(target, form=form)
        sink.add("reports", tabulate(RICH, "reports"))
        assert not target.exists()
        sink.abort()
        sink.abort()
        assert not target.exists()
        assert list_names(target.parent) == []

    def test_a_table_that_is_not_there(self, form: Form, target: Path) -> None:
        with pytest.raises(KeyError), open_sink(target, form=form) as sink:
            sink.add("grades", [])

    def test_rows_that_cannot_be(self, form: Form, target: Path) -> None:
        row: list[Cell] = list(tabulate(RICH, "reports")[0])
        row[1] = "half \ud800 a character"
        with pytest.raises(WriteError) as caught, open_sink(target, form=form) as sink:
            sink.add("reports", [tuple(row)])
        assert caught.value.name == str(target)
        assert list_names(target.parent) == []

    def test_a_full_disk(
        self, form: Form, target: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(target, [BARE], form)
        old = digest(target)

        def refuse(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", refuse)
        with pytest.raises(WriteError, match="No space left") as caught:
            put(target, form=form)
        assert caught.value.name == str(target)
        assert digest(target) == old
        assert list_names(target.parent) == [target.name]

    def test_tables_of_the_caller(self, form: Form, target: Path) -> None:
        columns = (
            Column("source_name", "string", "as given"),
            Column("report_id", "string", "the page's row"),
            Column("seen", "date", "when"),
            Column("is_copy", "boolean", "whether"),
        )
        rows: list[Row] = [
            ("a.html", RICH.source.sha256[:12], "2020-01-31", True),
            ("b.html", None, None, False),
        ]
        with open_sink(target, {**COLUMNS, "sources": columns}, form) as sink:
            sink.add("sources", rows)
            sink.add("reports", tabulate(RICH, "reports"))
        assert target.exists()

    @pytest.mark.parametrize("name", ["con", "com1", "a b", "Reports", "", "x" * 26])
    def test_names_that_are_none_everywhere(
        self, form: Form, target: Path, name: str
    ) -> None:
        with pytest.raises(ValueError, match="no table can be called"):
            open_sink(target, {name: COLUMNS["reports"]}, form)
        assert list_names(target.parent) == []

    @pytest.mark.skipif(os.name == "nt", reason="no SIGKILL there")
    def test_a_killed_run_leaves_the_old(
        self, form: Form, target: Path, tmp_path: Path
    ) -> None:
        put(target, [BARE], form)
        old = digest(target)
        code = f"""
import os, signal, sys
from peelparse.write.datasets import open_sink
sink = open_sink({str(target)!r}, form={form!r})
sink.add("reports", [{tabulate(RICH, "reports")[0]!r}])
os.kill(os.getpid(), signal.SIGKILL)
"""
        environment = os.environ | {"TMPDIR": str(tmp_path.parent)}
        done = subprocess.run(
            [sys.executable, "-c", code], check=False, env=environment
        )
        assert done.returncode == -signal.SIGKILL
        assert digest(target) == old
        assert len(list_names(tmp_path)) == 2
        sweep(target)
        assert list_names(tmp_path) == [target.name]
        put(target, form=form)


class TestForms:
    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            ("peel.sqlite", "sqlite"),
            ("PEEL.DB", "sqlite"),
            ("peel.sqlite3", "sqlite"),
            ("peel.xlsx", "xlsx"),
            ("peel.parquet", "parquet"),
            ("peel", "folder"),
            ("peel-2018.19", "folder"),
        ],
    )
    def test_the_ending_decides(self, path: str, expected: Form) -> None:
        assert choose_form(path) == expected
        assert choose_form(path, "xlsx") == "xlsx"

    @pytest.mark.parametrize("path", ["peel.csv", "peel.JSONL", "peel.xls"])
    def test_endings_of_other_things(self, path: str) -> None:
        with pytest.raises(OptionError, match="peelparse parse"):
            open_sink(path)

    @pytest.mark.parametrize("form", ["xlsx", "parquet"])
    def test_a_missing_library_says_which_extra(
        self, form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for library in ("xlsxwriter", "pyarrow"):
            monkeypatch.setitem(sys.modules, library, None)
        with pytest.raises(WriteError) as caught:
            open_sink(tmp_path / "out", form=form)
        assert caught.value.hint == f"run pip install 'peelparse[{form}]'"
        assert list_names(tmp_path) == []

    def test_nothing_heavy_is_loaded_by_the_door(self) -> None:
        heavy = "{'pyarrow', 'xlsxwriter', 'openpyxl', 'sqlite3'} & set(sys.modules)"
        code = f"import sys, peelparse.write.datasets; sys.exit(len({heavy}))"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_tables_know_their_keys_links_and_lists() -> None:
    items = TABLES["items"]
    assert items.key == "item_id"
    assert items.links == {"report_id": "reports", "question_id": "questions"}
    assert "cause_of_concern" in items.enums["kind"]
    assert "pillar" in TABLES["reports"].enums["kind"]
    assert TABLES["diagnostics"].key is None
    made = make_table("notes", (Column("grade", "string", "its grade"),), key="grade")
    assert made.enums["grade"][0] == "Outstanding"


# a folder of CSV


class TestFolder:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        put(tmp_path / "out")
        return tmp_path / "out"

    @pytest.mark.parametrize("table", COLUMNS)
    def test_rows_come_back(self, folder: Path, table: str) -> None:
        text = (folder / f"{table}.csv").read_bytes().decode("utf-8")
        header, *rows = csv.reader(io.StringIO(text, newline=""))
        assert header == [column.name for column in COLUMNS[table]]
        expected = [
            ["" if cell is None else str(cell) for cell in row]
            for row in list_rows(table)
        ]
        assert rows == expected

    def test_reports_come_back(self, folder: Path) -> None:
        lines = (folder / "reports.jsonl").read_bytes().splitlines()
        assert [read_json(line) for line in lines] == list(REPORTS)

    def test_the_package_describes_every_file(self, folder: Path) -> None:
        package = json.loads((folder / "datapackage.json").read_bytes())
        files = {each["path"]: each for each in package["resources"]}
        assert files.keys() | {"datapackage.json"} == set(list_names(folder))
        for name, each in files.items():
            data = (folder / name).read_bytes()
            assert each["bytes"] == len(data)
            assert each["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert package["licenses"][0]["name"] == "OGL-UK-3.0"
        assert "Open Government Licence v3.0" in package["attribution"]
        schema = files["items.csv"]["schema"]
        assert schema["primaryKey"] == ["item_id"]
        assert schema["foreignKeys"][1] == {
            "fields": ["question_id"],
            "reference": {"resource": "questions", "fields": ["question_id"]},
        }
        fields = {field["name"]: field for field in schema["fields"]}
        assert fields["line"]["type"] == "integer"
        assert fields["kind"]["constraints"]["enum"][0] == "finding"
        assert all(field["description"] for field in fields.values())

    @pytest.mark.filterwarnings("ignore")
    def test_frictionless_finds_no_fault(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        frictionless = pytest.importorskip(
            "frictionless", reason="frictionless is not installed"
        )
        monkeypatch.chdir(folder)
        found = frictionless.validate("datapackage.json")
        assert found.valid, found.flatten(["type", "note", "message"])
        # and it looks: a grade that is none, a question that is not there
        path = folder / "items.csv"
        path.write_bytes(path.read_bytes().replace(b"-q1", b"-q9", 1))
        types = frictionless.validate("datapackage.json").flatten(["type"])
        assert ["foreign-key"] in types


# SQLite


@pytest.fixture
def base(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path / "peel.sqlite"
    put(path)
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


class TestSqlite:
    @pytest.mark.parametrize("table", COLUMNS)
    def test_rows_come_back(self, base: sqlite3.Connection, table: str) -> None:
        found = base.execute(f"SELECT * FROM {table}")  # noqa: S608  a name of ours
        assert [each[0] for each in found.description] == TABLES[table].names
        assert found.fetchall() == list_rows(table)

    def test_it_is_sound(self, base: sqlite3.Connection) -> None:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("PRAGMA freelist_count").fetchone() == (0,)
        links = base.execute("PRAGMA foreign_key_list(items)").fetchall()
        assert {(link[2], link[3], link[4]) for link in links} == {
            ("reports", "report_id", "report_id"),
            ("questions", "question_id", "question_id"),
        }

    @pytest.mark.parametrize(
        ("statement", "found"),
        [
            ("DELETE FROM reports", "FOREIGN KEY"),
            ("UPDATE questions SET grade = 'Splendid'", "CHECK"),
            ("UPDATE questions SET number = 'one'", "cannot store TEXT"),
            ("UPDATE items SET item_id = NULL", "NOT NULL"),
        ],
    )
    def test_it_holds_people_to_its_types(
        self, base: sqlite3.Connection, statement: str, found: str
    ) -> None:
        base.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match=found):
            base.execute(statement)

    @pytest.mark.parametrize(
        ("words", "expected"),
        [("dog", 2), ("SECTION review", 2), ("lamps OR archive", 3), ("cat", 0)],
    )
    def test_search(self, base: sqlite3.Connection, words: str, expected: int) -> None:
        found = base.execute(
            "SELECT count(*) FROM items_fts JOIN items ON items.rowid = items_fts.rowid "
            "WHERE items_fts MATCH ? AND report_id = ?",
            (words, RICH.source.sha256[:12]),
        )
        assert found.fetchone() == (expected,)

    def test_grades_have_a_rank_in_their_scale(self, base: sqlite3.Connection) -> None:
        found = base.execute(
            "SELECT level, scale, grade, rank, grade_status FROM grades "
            "WHERE report_id = ?",
            (RICH.source.sha256[:12],),
        ).fetchall()
        assert found == [
            ("pillar", "four-tier", "Requires improvement", 2, "graded"),
            ("pillar", "four-tier", None, None, "to_be_graded"),
            ("question", "four-tier", "Good", 3, "graded"),
            ("question", "four-tier", None, None, "not_stated"),
        ]

    def test_the_matrix_has_a_row_a_force(self, base: sqlite3.Connection) -> None:
        base.row_factory = sqlite3.Row
        assert [dict(row) for row in base.execute("SELECT * FROM grade_matrix")] == [
            {
                "programme": "PEEL",
                "edition": "2017",
                "scale": "four-tier",
                "force_id": "northshire",
                "force_name": "Northshire",
                "Effectiveness": "Requires improvement",
                "Legitimacy": "to_be_graded",
                "preventing-crime": "Good",
            }
        ]

    def test_it_says_what_it_is(self, base: sqlite3.Connection) -> None:
        about = dict(base.execute("SELECT name, value FROM metadata").fetchall())
        assert "Open Government Licence v3.0" in about["attribution"]
        assert json.loads(about["datasette"])["license"] == about["license"]
        (sql,) = base.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'items'"
        ).fetchone()
        for column in COLUMNS["items"]:
            assert f"-- {column.description}\n" in sql

    def test_an_older_sqlite_has_no_strict_tables(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
        put(tmp_path / "old.db")
        base = sqlite3.connect(tmp_path / "old.db")
        sql = base.execute("SELECT group_concat(sql) FROM sqlite_master").fetchone()[0]
        base.close()
        assert "STRICT" not in sql

    @pytest.mark.parametrize(
        ("table", "times", "found"),
        [
            ("reports", 2, "UNIQUE"),
            ("questions", 1, "names one that is not in reports"),
        ],
    )
    def test_rows_that_contradict_each_other(
        self, tmp_path: Path, table: str, times: int, found: str
    ) -> None:
        path = tmp_path / "peel.db"
        with pytest.raises(WriteError, match=found), open_sink(path) as sink:
            sink.add(table, tabulate(RICH, table) * times)
        assert list_names(tmp_path) == []

    def test_other_tables_alone(self, tmp_path: Path) -> None:
        columns = (Column("question_id", "string", "a question"),)
        tables = {
            "metadata": Table(columns, "one row for each word", key="question_id")
        }
        with open_sink(tmp_path / "x.db", tables) as sink:
            sink.add("metadata", [("a",)])
        base = sqlite3.connect(tmp_path / "x.db")
        names = base.execute("SELECT name FROM sqlite_master WHERE type != 'index'")
        assert {name for (name,) in names} == {"metadata", "editions", "scales"}
        base.close()

    def test_a_fault_of_the_place(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            sqlite, "_SETTINGS", "PRAGMA journal_mode = OFF; PRAGMA max_page_count = 2;"
        )
        with pytest.raises(WriteError, match="full"):
            put(tmp_path / "peel.db")
        assert list_names(tmp_path) == []

    def test_a_database_that_is_in_use(self, tmp_path: Path) -> None:
        path = tmp_path / "peel.db"
        put(path)
        (tmp_path / "peel.db-wal").touch()
        with pytest.raises(WriteError, match="another program is using it"):
            put(path)

    @pytest.mark.filterwarnings("ignore")
    def test_datasette_shows_it(self, tmp_path: Path) -> None:
        app = pytest.importorskip("datasette.app", reason="datasette is not installed")
        put(tmp_path / "peel.sqlite")
        base = sqlite3.connect(tmp_path / "peel.sqlite")
        (about,) = base.execute(
            "SELECT value FROM metadata WHERE name = 'datasette'"
        ).fetchone()
        base.close()

        async def visit() -> list[tuple[int, str]]:
            server = app.Datasette(
                [str(tmp_path / "peel.sqlite")], metadata=json.loads(about)
            )
            await server.invoke_startup()
            addresses = (
                "/peel",
                "/peel/items",
                "/peel/items.json?_search=dog&_shape=array",
                "/peel/grade_matrix.json?_shape=array",
                "/peel/grades?grade=Good",
            )
            answers = [await server.client.get(each) for each in addresses]
            return [(each.status_code, each.text) for each in answers]

        answers = asyncio.run(visit())
        assert [status for status, _ in answers] == [200] * len(answers)
        pages = [text for _, text in answers]
        assert "Open Government Licence v3.0" in pages[0]
        assert "items_fts" not in pages[0].split("hidden")[0]
        assert 'name="_search"' in pages[1]
        assert "/peel/questions/0123456789ab-q1" in pages[1]
        found = {row["content_id"] for row in json.loads(pages[2])}
        assert found == {"aaaaaaaaaaaa"}
        assert json.loads(pages[3])[0]["preventing-crime"] == "Good"


# XLSX


class TestXlsx:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        need("xlsx")
        put(tmp_path / "peel.xlsx")
        return tmp_path / "peel.xlsx"

    @pytest.mark.parametrize("table", COLUMNS)
    def test_rows_come_back(self, path: Path, table: str) -> None:
        from openpyxl import load_workbook  # noqa: PLC0415  an extra
        from openpyxl.utils.escape import unescape  # noqa: PLC0415  an extra

        sheet = load_workbook(path)[table]
        header, *rows = sheet.iter_rows()
        assert [cell.value for cell in header] == TABLES[table].names
        for row, expected in zip(rows, list_rows(table), strict=True):
            for cell, value, column in zip(row, expected, COLUMNS[table], strict=True):
                assert cell.data_type != "f"
                if column.type == "date" and value:
                    assert cell.is_date
                    assert cell.value.date().isoformat() == value
                elif isinstance(value, str):
                    assert unescape(cell.value) == value
                else:
                    assert cell.value == value
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")

    def test_links_open_at_the_sentence(self, path: Path) -> None:
        from openpyxl import load_workbook  # noqa: PLC0415  an extra

        sheet = load_workbook(path)["items"]
        place = TABLES["items"].names.index("link") + 1
        links = [
            f"{cell.hyperlink.target}#{cell.hyperlink.location}"
            for (cell,) in sheet.iter_rows(min_col=place, max_col=place, min_row=2)
            if cell.hyperlink
        ]
        assert links == ["https://example.org/northshire/#:~:text=reviews"] * 3

    def test_cells_are_readable(self, path: Path) -> None:
        from openpyxl import load_workbook  # noqa: PLC0415  an extra

        sheet = load_workbook(path)["items"]
        places = {name: at for at, name in enumerate(TABLES["items"].names, 1)}
        assert sheet.cell(2, places["text"]).alignment.wrap_text
        assert sheet.cell(1, 1).font.bold
        (width,) = [
            each.width
            for each in sheet.column_dimensions.values()
            if each.min <= places["text"] <= each.max
        ]
        assert width > 40

    def test_it_says_what_it_is(self, path: Path) -> None:
        from openpyxl import load_workbook  # noqa: PLC0415  an extra

        book = load_workbook(path)
        assert book.sheetnames == [*COLUMNS, "notes", "columns", "licence"]
        licence = dict(book["licence"].iter_rows(min_row=2, values_only=True))
        assert "Open Government Licence v3.0" in licence["attribution"]
        assert len(list(book["columns"].iter_rows())) == 1 + sum(
            map(len, COLUMNS.values())
        )
        assert len(list(book["notes"].iter_rows())) == 1

    def test_no_clock_is_read(self, path: Path) -> None:
        with ZipFile(path) as book:
            assert {each.date_time[0] for each in book.infolist()} == {1980}
            core = book.read("docProps/core.xml").decode()
        assert core.count("2000-01-01T00:00:00Z") == 2

    def test_limits_are_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        need("xlsx")
        from openpyxl import load_workbook  # noqa: PLC0415  an extra

        monkeypatch.setattr(sheets, "_MOST_LINKS", 1)
        monkeypatch.setattr(xlsx, "LAST_ROW", 3)
        columns = (
            Column("text", "string", "words"),
            Column("link", "string", "address"),
            Column("seen", "date", "when"),
            Column("is_copy", "boolean", "whether"),
        )
        rows: list[Row] = [
            ("𝒳" * 17_000, "https://example.org/a", "1899-12-31", True),
            ("short", "https://example.org/b", "2020-02-29", False),
            (None, f"https://example.org/{'c' * 2_079}", None, None),
            ("a fourth", "javascript:alert(1)", None, None),
        ]
        with open_sink(tmp_path / "x.xlsx", {"words": columns}) as sink:
            sink.add("words", rows)
        book = load_workbook(tmp_path / "x.xlsx")
        assert book.sheetnames[:2] == ["words", "words 2"]
        sheet = book["words"]
        assert sheet["A2"].value == "𝒳" * 16_383 + "…"
        assert sheet["C2"].value == "1899-12-31"
        assert sheet["D2"].value is True
        assert [bool(sheet[f"B{row}"].hyperlink) for row in (2, 3, 4)] == [1, 0, 0]
        assert sheet["B3"].value == "https://example.org/b"
        assert not book["words 2"]["B2"].hyperlink
        notes = list(book["notes"].iter_rows(min_row=2, values_only=True))
        assert notes == [
            (
                "words",
                "2",
                "text",
                "cut from 34,000 to 32,767 characters; the other forms have it whole",
            ),
            ("words", "3", "link", notes[1][3]),
            ("words", "4", "link", notes[1][3]),
        ]

    def test_a_fault_of_the_place(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        need("xlsx")
        import xlsxwriter.workbook  # noqa: PLC0415  an extra

        def refuse(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(xlsxwriter.workbook, "ZipFile", refuse)
        with pytest.raises(WriteError, match="No space left"):
            put(tmp_path / "peel.xlsx")
        assert list_names(tmp_path) == []


# Parquet


class TestParquet:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        need("parquet")
        put(tmp_path / "peel.parquet")
        return tmp_path / "peel.parquet"

    @pytest.mark.parametrize("table", COLUMNS)
    def test_rows_come_back(self, folder: Path, table: str) -> None:
        import pyarrow.parquet  # noqa: PLC0415  an extra

        found = pyarrow.parquet.read_table(folder / f"{table}.parquet")
        rows = [
            tuple(str(cell) if hasattr(cell, "isoformat") else cell for cell in row)
            for row in zip(*found.to_pydict().values(), strict=True)
        ]
        assert found.column_names == TABLES[table].names
        assert rows == list_rows(table)
        about = found.schema.metadata
        assert b"Open Government Licence v3.0" in about[b"attribution"]
        for column in COLUMNS[table]:
            field = found.schema.field(column.name)
            assert field.metadata[b"description"].decode() == column.description
            if column.name in TABLES[table].enums:
                assert str(field.type).startswith("dictionary<values=string")
            elif column.type == "date":
                assert str(field.type) == "date32[day]"

    def test_the_package_describes_it(self, folder: Path) -> None:
        package = json.loads((folder / "datapackage.json").read_bytes())
        names = {each["path"] for each in package["resources"]}
        assert names == {f"{table}.parquet" for table in COLUMNS}

    def test_groups_are_of_one_size(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        need("parquet")
        from pyarrow.parquet import ParquetFile  # noqa: PLC0415  an extra

        from peelparse.write.datasets import parquet  # noqa: PLC0415  needs it

        monkeypatch.setattr(parquet, "_GROUP", 3)
        columns = (Column("n", "integer", "a number"),)
        with open_sink(tmp_path / "p", {"numbers": columns}, "parquet") as sink:
            sink.add("numbers", [(n,) for n in range(7)])
            sink.add("numbers", [(7,)])
        with ParquetFile(tmp_path / "p" / "numbers.parquet") as file:
            sizes = [
                file.metadata.row_group(at).num_rows
                for at in range(file.num_row_groups)
            ]
        assert sizes == [3, 3, 2]

    @pytest.mark.filterwarnings("ignore")
    def test_duckdb_reads_it(self, folder: Path) -> None:
        duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
        found = duckdb.sql(
            f"SELECT grade, last_updated FROM '{folder.as_posix()}/judgements.parquet' "  # noqa: S608
            "WHERE last_updated > DATE '2018-01-01' LIMIT 1"
        )
        assert [str(kind) for kind in found.types][1] == "DATE"
        ((grade, day),) = found.fetchall()
        assert (grade, day.isoformat()) == ("Requires improvement", "2018-03-22")

    @pytest.mark.filterwarnings("ignore")
    def test_polars_reads_it(self, folder: Path) -> None:
        polars = pytest.importorskip("polars", reason="polars is not installed")
        frame = polars.read_parquet(folder / "judgements.parquet")
        assert frame.schema["last_updated"] == polars.Date
        assert frame.schema["grade"] in (polars.Categorical, polars.Enum)
        assert frame["grade"].to_list() == [
            row[TABLES["judgements"].names.index("grade")]
            for row in list_rows("judgements")
        ]


# places


class TestPlaces:
    def test_what_others_have_put_there_stays(self, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / ".DS_Store").touch()
        put(tmp_path / "out")
        (tmp_path / "out" / "mine.txt").touch()
        with pytest.raises(WriteError, match=r"mine\.txt"):
            put(tmp_path / "out", [BARE])
        assert (tmp_path / "out" / "mine.txt").exists()

    @pytest.mark.parametrize(
        "package", ["", "[]", "{}", '{"peelparse": "peelparse.report/1"}']
    )
    def test_packages_that_are_not_ours(self, tmp_path: Path, package: str) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "datapackage.json").write_text(package)
        with pytest.raises(WriteError, match="of no data set"):
            put(tmp_path / "out")

    def test_another_sort_of_thing(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        (tmp_path / "folder.db").mkdir()
        with pytest.raises(WriteError, match="found a file"):
            put(tmp_path / "file")
        with pytest.raises(WriteError, match="something else than a file"):
            put(tmp_path / "folder.db")

    def test_no_such_folder(self, tmp_path: Path) -> None:
        for name in ("out", "out.db"):
            with pytest.raises(WriteError, match="No such file"):
                put(tmp_path / "nowhere" / name)

    def test_a_protected_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(tmp_path / "peel.db")
        monkeypatch.setattr(os, "access", lambda *_: False)
        with pytest.raises(WriteError, match="protected"):
            put(tmp_path / "peel.db")

    @pytest.mark.skipif(os.name == "nt", reason="no such permissions there")
    def test_permissions_and_links_are_kept(self, tmp_path: Path) -> None:
        for name in ("peel.db", "out"):
            put(tmp_path / name)
            (tmp_path / name).chmod(0o700)
            link = tmp_path / f"link-{name}"
            link.symlink_to(tmp_path / name)
            put(link, [BARE], choose_form(name))
            assert link.is_symlink()
            assert (tmp_path / name).stat().st_mode & 0o777 == 0o700

    @pytest.fixture
    def two_steps(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A system that cannot exchange two names."""
        monkeypatch.setattr(places, "_exchange", lambda *_: False)

    @pytest.mark.usefixtures("two_steps")
    def test_folders_change_in_two_steps(self, tmp_path: Path) -> None:
        put(tmp_path / "out", [BARE])
        old = digest(tmp_path / "out")
        put(tmp_path / "out")
        assert digest(tmp_path / "out") != old
        assert list_names(tmp_path) == ["out"]

    @pytest.mark.usefixtures("two_steps")
    def test_a_second_step_that_fails(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(tmp_path / "out", [BARE])
        old = digest(tmp_path / "out")
        rename = Path.rename

        def refuse(self: Path, target: Path) -> Path:
            if self.suffix == ".tmp":
                raise OSError(13, "Permission denied")
            return rename(self, target)

        monkeypatch.setattr(Path, "rename", refuse)
        with pytest.raises(WriteError, match="Permission denied"):
            put(tmp_path / "out")
        assert digest(tmp_path / "out") == old
        assert list_names(tmp_path) == ["out"]

    @pytest.mark.usefixtures("two_steps")
    @pytest.mark.parametrize("step", [1, 2])
    def test_a_run_that_ends_between_the_steps(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
    ) -> None:
        put(tmp_path / "out", [BARE])
        old = digest(tmp_path / "out")
        rename = Path.rename
        done: list[Path] = []

        def stop(self: Path, target: Path) -> Path:
            if len(done) == step:
                raise KeyboardInterrupt
            done.append(target)
            return rename(self, target)

        monkeypatch.setattr(Path, "rename", stop)
        with pytest.raises(KeyboardInterrupt):
            put(tmp_path / "out")
        monkeypatch.undo()
        sweep(tmp_path / "out")
        assert list_names(tmp_path) == ["out"]
        assert (digest(tmp_path / "out") == old) == (step == 1)

    def test_systems_without_an_exchange(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def lack(_: object) -> object:
            return object()

        monkeypatch.setattr(ctypes, "CDLL", lack)
        put(tmp_path / "out")
        put(tmp_path / "out", [BARE])
        assert list_names(tmp_path) == ["out"]

    def test_folders_that_cannot_be_flushed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened = os.open

        def refuse(path: Path, flags: int, mode: int = 0o777) -> int:
            if Path(path).is_dir():
                raise PermissionError(13, "as on Windows")
            return opened(path, flags, mode)

        monkeypatch.setattr(os, "open", refuse)
        put(tmp_path / "out")
        assert (tmp_path / "out").is_dir()

    def test_files_that_cannot_be_flushed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened = os.open

        def refuse(path: Path, flags: int, mode: int = 0o777) -> int:
            if not flags & os.O_CREAT and Path(path).is_file():
                raise PermissionError(13, "Permission denied")
            return opened(path, flags, mode)

        sink = open_sink(tmp_path / "peel.db")
        monkeypatch.setattr(os, "open", refuse)
        with pytest.raises(WriteError, match="Permission denied"):
            sink.close()
        assert list_names(tmp_path) == []
