"""The third room: reports to JSON, schema, tables, CSV and files."""

import csv
import errno
import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Final

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelparse import write
from peelparse.errors import ReadError, WriteError
from peelparse.report import (
    Coverage,
    Diagnostic,
    Force,
    Item,
    Judgement,
    Observations,
    Question,
    Report,
    Source,
    Stated,
    Unclaimed,
)
from peelparse.write import COLUMNS, Cell, CutCell, Row

SHA: Final = "0123456789abcdef" * 4
KEY: Final = "0123456789ab"

DOGS: Final = Item(
    id="aaaaaaaaaaaa",
    text="reviews, at least once a year, how its dog section is used; and",
    lead_in="The force should make sure that it:",
    detail=["It has eleven dogs.", "Two are “retired”."],
    line=31,
    path="/html/body/main/ul[2]/li[1]",
    link="https://example.org/northshire/#:~:text=reviews",
)
"""Every optional field of an item but heading and polarity."""

RICH: Final = Report(
    kind="pillar",
    programme="PEEL",
    title="PEEL: Police effectiveness 2017 – Northshire",
    force=Force(
        name="Northshire",
        id="northshire",
        official_name="Northshire Police",
        ons_code="E23999999",
        country="England",
        source="title",
    ),
    edition="2017",
    last_updated="2018-04-01",
    judgements=[
        Judgement(
            pillar="Effectiveness",
            question="How effective is Northshire at keeping people safe?",
            grade="Requires improvement",
            grade_status="graded",
            grade_source="label",
            last_updated="2018-03-22",
            statement="The extent to which Northshire is effective is variable.",
            summary=["The force knows its streets.", "It is slow at night."],
            line=4,
            path="/html/body/main/h2[1]",
            link="https://example.org/northshire/#:~:text=How",
        ),
        Judgement(pillar="Legitimacy", grade_status="to_be_graded"),
    ],
    questions=[
        Question(
            pillar="Effectiveness",
            number=1,
            text="How well does the force prevent crime?",
            topic="preventing-crime",
            grade="Good",
            grade_status="graded",
            grade_source="label",
            narrative=["Patrols are planned weekly.", "Cafés are visited."],
            findings=[
                Item(
                    id="bbbbbbbbbbbb",
                    text="every ward has a named officer",
                    lead_in="The force does well because:",
                    polarity="strength",
                ),
                Item(id="bbbbbbbbbbbb-2", text="every ward has a named officer"),
            ],
            areas_for_improvement=[DOGS],
            causes_of_concern=[
                Item(id="cccccccccccc", text="Files go missing.", heading="Archive")
            ],
            recommendations=[Item(id="dddddddddddd", text="buy a second archive")],
            innovative_practice=[Item(id="eeeeeeeeeeee", text="A map of lamps")],
            subheadings=["Patrols", "Archives"],
            line=12,
            path="/html/body/main/h3[1]",
            link="https://example.org/northshire/#:~:text=prevent",
        ),
        # The same words in another list have the same id.
        Question(
            text="How well are dogs kept?", number=3, areas_for_improvement=[DOGS]
        ),
    ],
    observations=Observations(
        heading="HM Inspector’s observations",
        inspector="Ada Fenwick",
        office="HM Inspector of Constabulary",
        paragraphs=["I thank the force for its tea."],
    ),
    stated=Stated(areas_inspected=9, areas_graded=8, paragraphs=["We inspect."]),
    source=Source(
        name="northshire.html",
        sha256=SHA,
        size=2048,
        format="html",
        encoding="utf-8",
        address="https://example.org/northshire/",
        saved="2020-05-06T07:08:09Z",
        dialect="full",
    ),
    coverage=Coverage(
        blocks=21, placed=16, chrome=4, unclaimed=[Unclaimed(line=40, text="Oh.")]
    ),
    diagnostics=[
        Diagnostic(code="PP301", severity="info", message="a gap: 2", hint="none"),
        Diagnostic(code="PP306", severity="warning", message="text: Oh.", line=40),
    ],
)

BARE: Final = Report(
    kind="not_an_assessment",
    language="cy",
    stated=Stated(),
    source=Source(name="-", sha256="f" * 64, size=1, format="text", encoding="ascii"),
    coverage=Coverage(blocks=0, placed=0, chrome=0),
)

REPORTS: Final = [RICH, BARE]


def read_rows(report: Report, table: str) -> list[dict[str, Cell]]:
    """Rows of a table as mappings from column names to cells."""
    names = [column.name for column in COLUMNS[table]]
    rows = write.tabulate(report, table)
    return [dict(zip(names, row, strict=True)) for row in rows]


def list_names(folder: Path) -> list[str]:
    """Names of the files in a folder, left-over temporary files included."""
    return sorted(path.name for path in folder.iterdir())


def read_csv(data: bytes) -> list[list[str]]:
    """Cells of a CSV, as Python's own reader sees them."""
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


class TestJson:
    @pytest.mark.parametrize("report", REPORTS)
    @pytest.mark.parametrize("pretty", [False, True])
    def test_round_trip(self, report: Report, *, pretty: bool) -> None:
        data = write.write_json(report, pretty=pretty)
        assert write.read_json(data) == report
        assert write.read_json(data.decode()) == report

    def test_one_line_of_utf_8(self) -> None:
        data = write.write_json(RICH)
        assert b"\n" not in data
        assert "“retired”".encode() in data

    def test_pretty_says_the_same_by_two_spaces(self) -> None:
        pretty = write.write_json(RICH, pretty=True)
        assert pretty.startswith(b'{\n  "schema": "peelparse.report/1",\n  "kind"')
        assert not pretty.endswith(b"\n")
        assert json.loads(pretty) == json.loads(write.write_json(RICH))

    def test_every_field_is_there_but_unasked_provenance(self) -> None:
        page = json.loads(write.write_json(RICH))
        assert set(page) == set(Report.__struct_fields__)
        with_place, without = page["judgements"]
        assert set(with_place) == set(Judgement.__struct_fields__)
        assert set(without) == set(with_place) - {"path", "link"}
        assert without["grade"] is None
        assert without["summary"] == []
        item = page["questions"][0]["findings"][0]
        assert set(item) == set(Item.__struct_fields__) - {"path", "link"}

    @pytest.mark.parametrize(
        ("data", "found"),
        [
            (b"{", "truncated"),
            (b'{"kind": "\xff"}', "utf-8"),
            (b'{"kind": "essay"}', "'essay'"),
            (b'{"schema": "peelparse.report/2"}', "peelparse.report/2"),
        ],
    )
    def test_what_is_no_report(self, data: bytes, found: str) -> None:
        with pytest.raises(ReadError) as caught:
            write.read_json(data)
        assert found in caught.value.found

    def test_fields_of_a_later_release_are_passed_over(self) -> None:
        data = write.write_json(BARE).replace(b'{"schema"', b'{"mood":"calm","schema"')
        assert write.read_json(data) == BARE


class TestSchema:
    @pytest.mark.parametrize("report", REPORTS)
    def test_reports_are_valid(self, report: Report) -> None:
        schema = json.loads(write.write_schema())
        jsonschema.Draft202012Validator.check_schema(schema)
        page = json.loads(write.write_json(report))
        jsonschema.Draft202012Validator(schema).validate(page)

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ('"grade":"Good"', '"grade":"Splendid"'),
            ('"number":1', '"number":"1"'),
            ('"language":"en",', ""),
            ('"path":"/html/body/main/h2[1]"', '"path":null'),
            ("peelparse.report/1", "peelparse.report/2"),
        ],
    )
    def test_what_is_no_report_is_not(self, old: str, new: str) -> None:
        schema = json.loads(write.write_schema())
        text = write.write_json(RICH).decode()
        assert old in text
        page = json.loads(text.replace(old, new))
        assert not jsonschema.Draft202012Validator(schema).is_valid(page)

    def test_head(self) -> None:
        schema = json.loads(write.write_schema())
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert schema["$id"] == "urn:peelparse:report:1"
        assert schema["title"] == "peelparse.report/1"

    def test_everything_is_described(self) -> None:
        shapes = json.loads(write.write_schema())["$defs"]
        assert len(shapes) == 11
        for shape in shapes.values():
            assert shape["description"].endswith(".")
            for rule in shape["properties"].values():
                assert rule["description"].endswith(".")
                assert "\n" not in rule["description"]
        words = shapes["Force"]["properties"]["id"]["description"]
        assert words == (
            "Identifier in the reference list (for police, the id of data.police.uk); "
            "null if the name is not in the list."
        )

    def test_same_bytes_each_time(self) -> None:
        assert write.write_schema() == write.write_schema()


class TestTables:
    def test_five_tables_of_distinct_columns(self) -> None:
        assert list(COLUMNS) == [
            "reports",
            "judgements",
            "questions",
            "items",
            "diagnostics",
        ]
        for columns in COLUMNS.values():
            names = [column.name for column in columns]
            assert len(set(names)) == len(names)
            assert all(column.description for column in columns)

    @pytest.mark.parametrize("report", REPORTS)
    @pytest.mark.parametrize("table", COLUMNS)
    def test_cells_are_of_their_type(self, report: Report, table: str) -> None:
        kinds = {"string": str, "date": str, "integer": int, "boolean": bool}
        for row in write.tabulate(report, table):
            for column, cell in zip(COLUMNS[table], row, strict=True):
                assert cell is None or type(cell) is kinds[column.type]
                assert cell != ""

    @pytest.mark.parametrize("table", COLUMNS)
    def test_every_column_is_filled_somewhere(self, table: str) -> None:
        rows = read_rows(RICH, table)
        for column in COLUMNS[table]:
            assert any(row[column.name] is not None for row in rows), column.name

    def test_report(self) -> None:
        (row,) = read_rows(RICH, "reports")
        assert row["report_id"] == KEY
        assert (row["force_name"], row["force_id"]) == ("Northshire", "northshire")
        assert (row["judgements"], row["questions"]) == (2, 2)
        assert (row["findings"], row["areas_for_improvement"]) == (2, 2)
        assert (row["causes_of_concern"], row["recommendations"]) == (1, 1)
        assert (row["innovative_practice"], row["unclaimed"]) == (1, 1)
        assert (row["diagnostics"], row["worst_severity"]) == (2, "warning")
        assert row["inspector"] == "Ada Fenwick"

    def test_bare_report(self) -> None:
        (row,) = read_rows(BARE, "reports")
        filled = {name for name, cell in row.items() if cell is not None}
        counts = {c.name for c in COLUMNS["reports"] if c.type == "integer"}
        assert filled == counts - {"areas_inspected", "areas_graded"} | {
            "report_id",
            "source_name",
            "format",
            "encoding",
            "sha256",
            "kind",
            "language",
        }
        for table in list(COLUMNS)[1:]:
            assert write.tabulate(BARE, table) == []

    @pytest.mark.parametrize("table", list(COLUMNS)[1:])
    def test_one_table_alone_says_of_whom(self, table: str) -> None:
        for row in write.tabulate(RICH, table):
            shared = (KEY, "pillar", "northshire", "Northshire", "PEEL", "2017")
            assert row[:6] == shared

    def test_judgements(self) -> None:
        first, second = read_rows(RICH, "judgements")
        assert first["judgement_id"] == f"{KEY}-j1"
        assert first["grade"] == "Requires improvement"
        assert first["last_updated"] == "2018-03-22"
        assert (
            first["summary"] == "The force knows its streets.\n\nIt is slow at night."
        )
        assert second["judgement_id"] == f"{KEY}-j2"
        assert (second["summary"], second["path"]) == (None, None)
        assert second["link"] is None

    def test_questions(self) -> None:
        first, second = read_rows(RICH, "questions")
        assert (first["question_id"], first["number"]) == (f"{KEY}-q1", 1)
        assert (second["question_id"], second["number"]) == (f"{KEY}-q2", 3)
        assert first["narrative"] == "Patrols are planned weekly.\n\nCafés are visited."
        assert first["subheadings"] == "Patrols\n\nArchives"
        assert (first["findings"], second["findings"]) == (2, 0)
        assert first["line"] == 12

    def test_items(self) -> None:
        rows = read_rows(RICH, "items")
        assert [(row["item_id"], row["kind"], row["question_id"]) for row in rows] == [
            (f"{KEY}-bbbbbbbbbbbb", "finding", f"{KEY}-q1"),
            (f"{KEY}-bbbbbbbbbbbb-2", "finding", f"{KEY}-q1"),
            (f"{KEY}-aaaaaaaaaaaa", "area_for_improvement", f"{KEY}-q1"),
            (f"{KEY}-cccccccccccc", "cause_of_concern", f"{KEY}-q1"),
            (f"{KEY}-dddddddddddd", "recommendation", f"{KEY}-q1"),
            (f"{KEY}-eeeeeeeeeeee", "innovative_practice", f"{KEY}-q1"),
            (f"{KEY}-aaaaaaaaaaaa.2", "area_for_improvement", f"{KEY}-q2"),
        ]
        assert rows[0]["polarity"] == "strength"
        assert rows[2]["detail"] == "It has eleven dogs.\n\nTwo are “retired”."
        assert rows[2]["path"] == "/html/body/main/ul[2]/li[1]"
        assert rows[3]["heading"] == "Archive"
        assert rows[6]["content_id"] == rows[2]["content_id"] == "aaaaaaaaaaaa"
        assert rows[6]["question"] == "How well are dogs kept?"
        assert rows[6]["question_number"] == 3

    def test_diagnostics(self) -> None:
        first, second = read_rows(RICH, "diagnostics")
        assert (first["code"], first["severity"], first["line"]) == (
            "PP301",
            "info",
            None,
        )
        assert (second["message"], second["line"]) == ("text: Oh.", 40)
        assert second["source_name"] == "northshire.html"

    def test_no_such_table(self) -> None:
        with pytest.raises(KeyError):
            write.tabulate(RICH, "grades")


class TestCsv:
    @pytest.mark.parametrize("table", COLUMNS)
    def test_reads_back(self, table: str) -> None:
        rows = write.tabulate(RICH, table)
        header, *cells = read_csv(write.write_csv(rows, table))
        assert header == [column.name for column in COLUMNS[table]]
        assert cells == [
            ["" if cell is None else str(cell) for cell in row] for row in rows
        ]

    @settings(deadline=None)
    @given(st.lists(st.tuples(st.text(), st.text() | st.integers() | st.none())))
    def test_any_text_reads_back(self, rows: list[Row]) -> None:
        data = write.write_csv(rows, ("a", "b"), header=False)
        assert read_csv(data) == [
            ["" if cell is None else str(cell) for cell in row] for row in rows
        ]

    def test_form(self) -> None:
        rows: list[Row] = [("é", None), ("a,b", True), ('"c"', False), ("d\ne", -1)]
        assert (
            write.write_csv(rows, ("text", "=b"))
            == (
                'text,=b\r\né,\r\n"a,b",true\r\n"""c""",false\r\n"d\ne",-1\r\n'
            ).encode()
        )

    def test_without_header(self) -> None:
        rows = write.tabulate(RICH, "items")
        data = write.write_csv(rows, "items")
        assert data.endswith(write.write_csv(rows, "items", header=False))
        assert write.write_csv([], "items", header=False) == b""

    def test_no_such_table(self) -> None:
        with pytest.raises(KeyError):
            write.write_csv([], "grades")

    def test_same_bytes_each_time(self) -> None:
        rows = write.tabulate(RICH, "items")
        again = write.tabulate(write.read_json(write.write_json(RICH)), "items")
        assert write.write_csv(rows, "items") == write.write_csv(again, "items")


class TestExcel:
    def test_mark_and_line_ends(self) -> None:
        rows: list[Row] = [("é\r\nè\rê\në",)]
        data = write.write_csv(rows, ("text",), excel=True)
        assert data == b"\xef\xbb\xbf" + 'text\r\n"é\nè\nê\në"\r\n'.encode()

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0"])
    def test_formulas_are_disarmed(self, start: str) -> None:
        rows: list[Row] = [(f"{start}1+1", f"1{start}1", -1, None, True)]
        data = write.write_csv(rows, (start, "b", "c", "d", "e"), excel=True)
        header, cells = read_csv(data.removeprefix(b"\xef\xbb\xbf"))
        written = start.replace("\r", "\n")
        assert header[0] == f"'{written}"
        assert cells == [f"'{written}1+1", f"1{written}1", "-1", "", "true"]

    @pytest.mark.parametrize(
        ("text", "kept"),
        [
            ("a" * 32_767, "a" * 32_767),
            ("a" * 32_768, "a" * 32_766 + "…"),
            ("=" + "a" * 32_766, "'=" + "a" * 32_764 + "…"),
            ("a\r\n" * 16_383 + "b", "a\n" * 16_383 + "b"),
            ("𝄞" * 16_383, "𝄞" * 16_383),
            ("𝄞" * 16_384, "𝄞" * 16_383 + "…"),
            ("a" + "𝄞" * 16_384, "a" + "𝄞" * 16_382 + "…"),
        ],
    )
    def test_long_cells_are_cut(self, text: str, kept: str) -> None:
        data = write.write_csv([(text,)], ("text",), excel=True, header=False)
        ((cell,),) = read_csv(data.removeprefix(b"\xef\xbb\xbf"))
        assert cell == kept
        assert len(cell.encode("utf-16-le")) <= 2 * 32_767
        cuts = list(write.iter_cut_cells([(text,)], ("text",)))
        assert bool(cuts) == kept.endswith("…")

    def test_cuts_are_told(self) -> None:
        item = msgspec.structs.replace(DOGS, text="=" + "a" * 40_000)
        question = Question(text="How?", findings=[DOGS, item])
        report = msgspec.structs.replace(BARE, questions=[question])
        rows = write.tabulate(report, "items")
        cuts = list(write.iter_cut_cells(rows, "items"))
        assert cuts == [CutCell(row=2, column="text", size=40_002)]
        assert cuts[0].message.startswith("row 2, text: cut from 40,002 to 32,767")

    def test_plain_csv_cuts_and_guards_nothing(self) -> None:
        text = "=" + "a" * 40_000
        assert read_csv(write.write_csv([(text,)], ("a",)))[1] == [text]


class TestFile:
    def test_new(self, tmp_path: Path) -> None:
        path = tmp_path / "out.csv"
        write.write_file(path, b"one\r\n")
        assert path.read_bytes() == b"one\r\n"
        assert list_names(tmp_path) == ["out.csv"]

    def test_old_is_replaced(self, tmp_path: Path) -> None:
        path = tmp_path / "out.json"
        path.write_bytes(b"a longer text than the new one")
        write.write_file(str(path), b"new")
        assert path.read_bytes() == b"new"
        assert list_names(tmp_path) == ["out.json"]

    def test_longest_name(self, tmp_path: Path) -> None:
        path = tmp_path / ("n" * 255)
        write.write_file(path, b"new")
        assert path.read_bytes() == b"new"

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")
    @pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
    def test_new_file_honours_the_umask(
        self, tmp_path: Path, umask: int, mode: int
    ) -> None:
        path = tmp_path / "out"
        before = os.umask(umask)
        try:
            write.write_file(path, b"new")
        finally:
            os.umask(before)
        assert stat.S_IMODE(path.stat().st_mode) == mode

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")
    @pytest.mark.parametrize("mode", [0o600, 0o664, 0o755])
    def test_old_permissions_are_kept(self, tmp_path: Path, mode: int) -> None:
        path = tmp_path / "out"
        path.write_bytes(b"old")
        path.chmod(mode)
        write.write_file(path, b"new")
        assert stat.S_IMODE(path.stat().st_mode) == mode

    @pytest.mark.parametrize("exists", [True, False])
    def test_link_stays_a_link(self, tmp_path: Path, *, exists: bool) -> None:
        folder = tmp_path / "there"
        folder.mkdir()
        target = folder / "target"
        if exists:
            target.write_bytes(b"old")
        link = tmp_path / "link"
        try:
            link.symlink_to(Path("there") / "target")
        except OSError:  # Windows may forbid links
            pytest.skip("links are not permitted here")
        write.write_file(link, b"new")
        assert link.is_symlink()
        assert target.read_bytes() == b"new"
        assert list_names(folder) == ["target"]

    @pytest.mark.parametrize("step", ["replace", "fsync"])
    def test_failure_leaves_the_old_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
    ) -> None:
        path = tmp_path / "out"
        path.write_bytes(b"old")

        def fail(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, step, fail)
        with pytest.raises(WriteError) as caught:
            write.write_file(path, b"new")
        assert path.read_bytes() == b"old"
        assert list_names(tmp_path) == ["out"]
        assert caught.value.code == "PP908"
        assert caught.value.name == str(path)
        assert caught.value.found == "No space left on device"

    def test_interruption_leaves_the_old_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "out"
        path.write_bytes(b"old")

        def interrupt(_: int) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            write.write_file(path, b"new")
        assert path.read_bytes() == b"old"
        assert list_names(tmp_path) == ["out"]

    def test_folder_missing(self, tmp_path: Path) -> None:
        with pytest.raises(WriteError):
            write.write_file(tmp_path / "none" / "out", b"new")
        assert list_names(tmp_path) == []

    def test_path_is_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(WriteError):
            write.write_file(tmp_path, b"new")
        assert list_names(tmp_path) == []

    def test_path_that_cannot_be(self, tmp_path: Path) -> None:
        with pytest.raises(WriteError) as caught:
            write.write_file(f"{tmp_path}/a\0b", b"new")
        assert "null" in caught.value.found

    @pytest.mark.skipif(
        not hasattr(os, "geteuid") or os.geteuid() == 0,
        reason="root may write everywhere",
    )
    @pytest.mark.parametrize("protected", ["folder", "file"])
    def test_not_permitted(self, tmp_path: Path, protected: str) -> None:
        path = tmp_path / "out"
        path.write_bytes(b"old")
        place, mode = (tmp_path, 0o500) if protected == "folder" else (path, 0o400)
        place.chmod(mode)
        try:
            with pytest.raises(WriteError):
                write.write_file(path, b"new")
        finally:
            place.chmod(0o700)
        assert path.read_bytes() == b"old"
        assert list_names(tmp_path) == ["out"]

    def test_device_is_written_to_and_stays(self) -> None:
        write.write_file(os.devnull, b"new")
        assert not Path(os.devnull).is_file()


def test_importing_is_light() -> None:
    code = (
        "import sys, peelparse.write;"
        "print([m for m in ('lxml', 'bs4', 'rich') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )
    assert done.stdout.strip() == "[]"
