"""The register: what people typed stays, and what pages say is kept up to date."""

import csv
import io
import re
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final, Protocol

import msgspec
import pytest
from click.testing import CliRunner, Result

from cases import PAGES
from peelparse.cli import main
from peelparse.errors import PeelparseError, ReadError, WriteError
from peelparse.register import (
    CONFLICT,
    KINDS,
    OWN,
    USER,
    Counts,
    Kind,
    Register,
    collect,
    load_register,
    merge,
    save_register,
    update,
    write_csv,
)
from peelparse.report import Coverage, Force, Item, Question, Report, Source, Stated
from peelparse.write import write_json

DOGS: Final = Item(
    id="aaaaaaaaaaaa",
    text="The force should review how its dog section is used.",
    detail=["It has eleven dogs.", "Two are “retired”."],
    link="https://example.org/northshire/#:~:text=dog",
)
FILES: Final = Item(id="bbbbbbbbbbbb", text="Files go missing.", heading="Archive")
LAMPS: Final = Item(id="cccccccccccc", text="=Lamps are not lit in three wards")
ASK: Final = Item(id="dddddddddddd", text="buy a second archive", lead_in="It should:")

FIRST: Final = KINDS[:2]


def make_report(
    *items: Item, pillar: str | None = "Effectiveness", **changes: object
) -> Report:
    """A page of one question with areas for improvement."""
    question = Question(
        pillar=pillar,
        number=1,
        text="How well does the force prevent crime?",
        topic="preventing-crime",
        areas_for_improvement=list(items),
    )
    name = f"{pillar}-{'-'.join(item.id for item in items)}"
    report = Report(
        kind="pillar",
        programme="PEEL",
        title=f"PEEL 2017 {pillar} – Northshire",
        force=Force(name="Northshire", id="northshire", source="title"),
        edition="2017",
        questions=[question],
        stated=Stated(),
        source=Source(
            name=f"{name}.html",
            sha256=name.encode().hex()[-64:].rjust(64, "0"),
            size=1,
            format="html",
            encoding="utf-8",
        ),
        coverage=Coverage(blocks=0, placed=0, chrome=0),
    )
    return msgspec.structs.replace(report, **changes)


def keep(
    register: Register, *reports: Report, kinds: tuple[Kind, ...] = FIRST
) -> Counts:
    return update(register, collect(reports, kinds))


def column(register: Register, name: str) -> list[str]:
    return [register.get(place, name) for place in range(len(register.rows))]


@pytest.fixture
def register() -> Register:
    """Two areas for improvement, one of them with what people typed."""
    made = Register()
    assert keep(made, make_report(DOGS, LAMPS)) == Counts(new=2)
    made.put(0, "owner", "Ada")
    return made


# what pages say


class TestCollect:
    def test_every_column_is_filled(self) -> None:
        made = Register()
        keep(made, make_report(DOGS))
        cells = dict(zip(made.header, made.rows[0], strict=True))
        assert cells == dict.fromkeys((*OWN, *USER), "") | {
            "id": "northshire-2017-aaaaaaaaaaaa",
            "change": "new",
            "kind": "area_for_improvement",
            "force": "Northshire",
            "force_id": "northshire",
            "programme": "PEEL",
            "edition": "2017",
            "pillar": "Effectiveness",
            "question_number": "1",
            "question": "How well does the force prevent crime?",
            "topic": "preventing-crime",
            "text": DOGS.text,
            "detail": "It has eleven dogs.\n\nTwo are “retired”.",
            "link": DOGS.link,
            "source": "Effectiveness-aaaaaaaaaaaa.html",
        }

    def test_kinds(self) -> None:
        question = Question(
            text="How?", causes_of_concern=[FILES], recommendations=[ASK]
        )
        report = make_report(questions=[question])
        made = Register()
        assert keep(made, report).new == 1
        assert keep(made, report, kinds=KINDS).new == 1
        assert column(made, "kind") == ["cause_of_concern", "recommendation"]
        assert column(made, "heading") == ["Archive", ""]
        assert column(made, "lead_in") == ["", "It should:"]
        # recommendations were not looked for: they have not vanished
        assert keep(made, report) == Counts()

    def test_pages_that_name_nobody(self) -> None:
        made = Register()
        keep(made, make_report(DOGS, force=None, edition=None, programme=None))
        assert column(made, "id") == ["unknown-undated-aaaaaaaaaaaa"]

    def test_forces_of_no_list(self) -> None:
        made = Register()
        force = Force(name="Marl & Ouse", source="text")
        keep(made, make_report(DOGS, force=force))
        assert column(made, "id") == ["marl-ouse-2017-aaaaaaaaaaaa"]
        assert keep(made, make_report(force=force)) == Counts(vanished=1)

    def test_copies_are_one(self) -> None:
        made = Register()
        assert keep(made, make_report(DOGS), make_report(DOGS)).new == 1

    def test_cells_are_cut_to_what_excel_holds(self) -> None:
        made = Register()
        long = msgspec.structs.replace(DOGS, detail=["𝒳" * 20_000])
        keep(made, make_report(long))
        assert column(made, "detail") == ["𝒳" * 16_383 + "…"]
        assert keep(made, make_report(long)) == Counts()


# what becomes of rows


class TestUpdate:
    def test_twice_is_once(self, register: Register) -> None:
        before = register.copy()
        assert keep(register, make_report(DOGS, LAMPS)) == Counts()
        assert register.is_same(before)

    def test_new_rows_go_to_the_end(self, register: Register) -> None:
        assert keep(register, make_report(FILES, DOGS, LAMPS)) == Counts(new=1)
        assert column(register, "change") == ["", "", "new"]
        assert column(register, "owner") == ["Ada", "", ""]
        assert column(register, "text")[2] == FILES.text

    def test_other_words_at_the_same_place(self, register: Register) -> None:
        other = msgspec.structs.replace(
            DOGS, id="999999999999", text=DOGS.text.replace("review", "look at")
        )
        assert keep(register, make_report(other, LAMPS)) == Counts(changed=1)
        assert column(register, "change") == ["changed", ""]
        assert column(register, "id")[0] == "northshire-2017-aaaaaaaaaaaa"
        assert column(register, "text")[0] == other.text
        assert column(register, "previous_text")[0].startswith(f"{DOGS.text}\n\nIt has")
        assert column(register, "owner") == ["Ada", ""]
        # the row is known again, though its id is of the old words
        before = register.copy()
        assert keep(register, make_report(other, LAMPS)) == Counts()
        assert register.is_same(before)

    def test_the_likest_row_is_taken(self, register: Register) -> None:
        near = msgspec.structs.replace(DOGS, id="1", text=f"{DOGS.text} Now.")
        far = msgspec.structs.replace(
            DOGS, id="2", text="The force should review how its dog unit is used."
        )
        assert keep(register, make_report(far, near, LAMPS)) == Counts(new=1, changed=1)
        assert column(register, "text") == [near.text, LAMPS.text, far.text]

    def test_other_words_altogether(self, register: Register) -> None:
        assert keep(register, make_report(FILES, LAMPS)) == Counts(new=1, vanished=1)

    def test_another_question_is_another_place(self, register: Register) -> None:
        question = Question(
            pillar="Effectiveness",
            text="How are dogs kept?",
            areas_for_improvement=[msgspec.structs.replace(DOGS, id="1")],
        )
        report = make_report(LAMPS)
        report = msgspec.structs.replace(
            report, questions=[*report.questions, question]
        )
        assert keep(register, report) == Counts(new=1, vanished=1)

    def test_other_detail(self, register: Register) -> None:
        other = msgspec.structs.replace(DOGS, detail=["It has two dogs."])
        assert keep(register, make_report(other, LAMPS)) == Counts(changed=1)
        assert "eleven" in column(register, "previous_text")[0]

    def test_what_people_type_over_the_words_is_shown(self, register: Register) -> None:
        register.put(1, "text", "our own words")
        assert keep(register, make_report(DOGS, LAMPS)) == Counts(changed=1)
        assert column(register, "text")[1] == LAMPS.text
        assert column(register, "previous_text")[1] == "our own words"

    def test_vanished_rows_stay_and_may_return(self, register: Register) -> None:
        assert keep(register, make_report(LAMPS)) == Counts(vanished=1)
        assert column(register, "change") == ["vanished", ""]
        assert column(register, "owner") == ["Ada", ""]
        assert keep(register, make_report(LAMPS)) == Counts()
        assert column(register, "change") == ["vanished", ""]
        assert keep(register, make_report(DOGS, LAMPS)) == Counts(returned=1)
        assert column(register, "change") == ["returned", ""]

    @pytest.mark.parametrize(
        "changes",
        [
            {"edition": "2016"},
            {"force": Force(name="Westvale", id="westvale", source="title")},
            {"programme": "FRS"},
            {"kind": "overview"},
        ],
    )
    def test_other_pages_leave_it_alone(
        self, register: Register, changes: dict[str, object]
    ) -> None:
        before = register.copy()
        other = msgspec.structs.replace(make_report(), **changes)
        assert keep(register, other) == Counts()
        assert keep(register, make_report(pillar="Legitimacy")) == Counts()
        assert register.is_same(before)

    def test_marks_of_other_assessments_stay(self, register: Register) -> None:
        keep(register, make_report(FILES, edition="2016"))
        assert column(register, "change") == ["new", "new", "new"]

    def test_rows_of_people(self, register: Register) -> None:
        register.append({"owner": "Bea", "text": "our own action"})
        register.append({})
        register.append(dict(zip(register.header, register.rows[0], strict=True)))
        assert keep(register, make_report(DOGS, LAMPS)) == Counts()
        other = msgspec.structs.replace(DOGS, detail=["It has two dogs."])
        assert keep(register, make_report(other, LAMPS)) == Counts(changed=2)
        assert column(register, "change") == ["changed", "", "", "", "changed"]
        assert column(register, "text")[2] == "our own action"


# two copies


class TestMerge:
    def test_both_are_kept(self, register: Register) -> None:
        other = register.copy()
        other.put(0, "owner", "Bea")
        other.put(0, "status", "open")
        other.put(1, "owner", "Cy")
        other.add_column(("risk", 0), "Risk")
        other.put(1, "risk", "high")
        assert merge(register, other) == 1
        assert column(register, "owner") == [f"Ada{CONFLICT}Bea", "Cy"]
        assert column(register, "status") == ["open", ""]
        assert column(register, "conflicts") == ["owner", ""]
        assert register.header[-1] == "Risk"
        assert column(register, "risk") == ["", "high"]
        # once more changes nothing, from either side
        before = register.copy()
        assert merge(register, other) == 1
        assert register.is_same(before)
        register.put(0, "owner", "Bea")
        assert merge(register, register.copy()) == 0
        assert column(register, "conflicts") == ["", ""]

    def test_rows_that_only_one_has(self, register: Register) -> None:
        other = Register()
        keep(other, make_report(FILES, LAMPS))
        other.append({"owner": "Bea", "text": "our own action"})
        other.append({})
        merge(register, other)
        assert len(register.rows) == 4
        assert column(register, "text")[3] == "our own action"
        merge(register, other)
        assert len(register.rows) == 4

    def test_the_same_words_under_another_id(self, register: Register) -> None:
        other = Register()
        keep(other, make_report(msgspec.structs.replace(DOGS, id="1"), LAMPS))
        other.put(0, "due", "2030-01-01")
        merge(register, other)
        assert len(register.rows) == 2
        assert column(register, "due") == ["2030-01-01", ""]

    def test_columns_of_one_name(self, register: Register) -> None:
        other = Register(
            ["id", "note", "kind", "text", "note"],
            [[register.rows[0][0], "one", "", "", "two"]],
        )
        merge(register, other)
        assert register.header[-2:] == ["note", "note"]
        assert register.rows[0][-2:] == ["one", "two"]


# CSV


def save(path: Path, register: Register) -> bytes:
    save_register(path, register)
    return path.read_bytes()


class TestCsv:
    @pytest.fixture
    def path(self, tmp_path: Path, register: Register) -> Path:
        register.header += ["Our “ref”", "", "note", "note"]
        register = Register(register.header, register.rows)
        register.rows[0][-4:] = ["-1", "x", "é, ;\tand\n“more”", "'tis"]
        save_register(tmp_path / "register.csv", register)
        return tmp_path / "register.csv"

    def test_it_comes_back(self, path: Path) -> None:
        first = path.read_bytes()
        assert first.startswith(b"\xef\xbb\xbfid,change,")
        assert b",'=Lamps" in first
        assert b",'-1,x," in first
        assert save(path, load_register(path)) == first

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    @pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
    def test_however_excel_has_saved_it(
        self, path: Path, delimiter: str, encoding: str, line_end: str
    ) -> None:
        original = load_register(path)
        output = io.StringIO(newline="")
        writer = csv.writer(
            output,
            delimiter=delimiter,
            lineterminator=line_end,
            quoting=csv.QUOTE_ALL,
        )
        text = path.read_bytes().decode("utf-8-sig")
        writer.writerows(csv.reader(io.StringIO(text, newline="")))
        path.write_bytes(output.getvalue().encode(encoding))
        found = load_register(path)
        assert found.is_same(original)
        assert found.delimiter == delimiter
        assert delimiter.encode() in save(path, found).splitlines()[0]

    def test_excels_own_first_line(self, path: Path) -> None:
        original = load_register(path)
        original.delimiter = ";"
        data = b"sep=;\r\n" + write_csv(original).removeprefix(b"\xef\xbb\xbf")
        path.write_bytes(data)
        assert load_register(path).is_same(original)

    def test_columns_moved_and_taken_away(self, path: Path) -> None:
        path.write_text("Owner,TEXT,id,Kind\nAda,,northshire-2017-aaaaaaaaaaaa\n,a")
        register = load_register(path)
        assert register.header[:4] == ["Owner", "TEXT", "id", "Kind"]
        assert set(register.header[4:]) == set(OWN) - {"id", "text", "kind"}
        keep(register, make_report(DOGS))
        assert register.rows[0][:2] == ["Ada", DOGS.text]
        assert len(register.rows) == 2

    @pytest.mark.parametrize(
        ("data", "found"),
        [
            (b"", "no column id, kind, text"),
            (b"name,grade\na,b\n", "no column id, kind, text"),
            (b'id,kind,text\na,b,"never closed\n', "no CSV"),
        ],
    )
    def test_what_is_no_register(self, path: Path, data: bytes, found: str) -> None:
        path.write_bytes(data)
        with pytest.raises(ReadError, match=found) as caught:
            load_register(path)
        assert caught.value.name == str(path)

    def test_what_cannot_be_read(self, tmp_path: Path) -> None:
        for name in (tmp_path / "none.csv", tmp_path, "a\0.csv"):
            with pytest.raises(ReadError):
                load_register(name)

    def test_what_cannot_be_written(self, tmp_path: Path, register: Register) -> None:
        with pytest.raises(WriteError):
            save_register(tmp_path / "nowhere" / "register.csv", register)


# XLSX


class TestXlsx:
    @pytest.fixture
    def path(self, tmp_path: Path, register: Register) -> Path:
        pytest.importorskip("openpyxl", reason="openpyxl is not installed")
        register.add_column(("risk", 0))
        register.put(0, "due", "2030-01-31")
        register.put(1, "due", "2030-31-01")
        register.put(0, "risk", "=1+1")
        save_register(tmp_path / "register.xlsx", register)
        return tmp_path / "register.xlsx"

    def test_it_comes_back(self, path: Path, register: Register) -> None:
        assert load_register(path).is_same(register)
        first = path.read_bytes()
        assert save(path, load_register(path)) == save(path, register)
        path.unlink()
        assert save(path, register) == first

    def test_no_clock_is_in_it(self, path: Path) -> None:
        with zipfile.ZipFile(path) as book:
            core = book.read("docProps/core.xml")
            assert {member.date_time[0] for member in book.infolist()} == {1980}
        times = re.findall(rb"<dcterms:\w+[^>]*>([^<]*)", core)
        assert len(times) == 2
        assert len(set(times)) == 1

    def test_it_is_made_for_people(self, path: Path) -> None:
        from openpyxl import load_workbook  # noqa: PLC0415  an extra

        sheet = load_workbook(path).active
        names = [cell.value for cell in sheet[1]]
        cells = dict(zip(names, sheet[2], strict=True))
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert cells["due"].value == datetime(2030, 1, 31)  # noqa: DTZ001  no zone
        assert cells["link"].hyperlink.target == DOGS.link
        assert cells["text"].alignment.wrap_text
        assert cells["risk"].data_type == "s"
        assert cells["risk"].quotePrefix
        assert sheet.cell(3, names.index("text") + 1).data_type == "s"

    def test_what_people_did_to_it_stays(self, path: Path) -> None:
        from openpyxl import Workbook, load_workbook  # noqa: PLC0415  an extra
        from openpyxl.styles import PatternFill  # noqa: PLC0415  an extra
        from openpyxl.worksheet.table import Table  # noqa: PLC0415  an extra

        book: Workbook = load_workbook(path)
        sheet = book.active
        width = sheet.max_column
        sheet.insert_cols(1)
        sheet["A1"] = "Days left"
        sheet["A2"] = "=TODAY()+1"
        sheet["A3"] = 2.5
        sheet["B3"].fill = PatternFill("solid", "00FF0000")
        sheet.auto_filter.ref = None
        last = sheet.cell(1, width + 1).column_letter
        sheet.add_table(Table(displayName="afis", ref=f"A1:{last}3"))
        book.create_sheet("our notes", 0)["A1"] = "keep me"
        book.save(path)

        register = load_register(path)
        assert column(register, "days_left") == ["=TODAY()+1", "2.5"]
        keep(register, make_report(DOGS, LAMPS, FILES))
        save_register(path, register)
        book = load_workbook(path)
        sheet = book["register"]
        assert book["our notes"]["A1"].value == "keep me"
        assert sheet["A2"].data_type == "f"
        assert sheet["A3"].value == 2.5
        assert sheet["B3"].fill.fgColor.rgb == "00FF0000"
        assert sheet.tables["afis"].ref == f"A1:{last}4"
        assert load_register(path).is_same(register)

    def test_cells_of_all_sorts(self, path: Path) -> None:
        from openpyxl import load_workbook  # noqa: PLC0415  an extra
        from openpyxl.cell.rich_text import CellRichText  # noqa: PLC0415  an extra
        from openpyxl.worksheet.formula import ArrayFormula  # noqa: PLC0415  an extra

        values: dict[str, object] = {
            "3": 3.0,
            "4.5": 4.5,
            "100000000000000000000": 1e20,
            "10:30:00": time(10, 30),
            "TRUE": True,
            "2030-01-31": date(2030, 1, 31),
            "2030-01-31T10:00:00": datetime(2030, 1, 31, 10),  # noqa: DTZ001  no zone
            "1:00:00": timedelta(hours=1),
            "=A1:A2": ArrayFormula("Z2:Z3", "=A1:A2"),
            "a b": CellRichText("a ", "b"),
            "a\nb": "a_x000D_\nb",
        }
        book = load_workbook(path)
        first = book.active.max_column + 1
        for place, (name, value) in enumerate(values.items(), first):
            book.active.cell(1, place).value = f"c {name}"
            book.active.cell(2, place).value = value
        book.save(path)
        found = load_register(path)
        assert found.rows[0][first - 1 :] == list(values)

    def test_characters_that_no_xml_holds(self, path: Path, register: Register) -> None:
        register.put(0, "owner", "bell\x07")
        save_register(path, register)
        assert column(load_register(path), "owner") == ["bell�", ""]

    def test_more_than_a_cell_holds(self, path: Path, register: Register) -> None:
        register.put(0, "evidence", "x" * 32_768)
        old = path.read_bytes()
        with pytest.raises(WriteError, match="most that a cell of Excel holds"):
            save_register(path, register)
        assert path.read_bytes() == old

    def test_what_is_no_workbook(self, path: Path) -> None:
        path.write_bytes(b"id,kind,text\n")
        with pytest.raises(ReadError, match="no workbook"):
            load_register(path)

    def test_a_workbook_of_other_things(self, path: Path) -> None:
        from openpyxl import Workbook  # noqa: PLC0415  an extra

        Workbook().save(path)
        with pytest.raises(ReadError, match="no column id, kind, text"):
            load_register(path)

    def test_a_missing_library_says_which_extra(
        self, tmp_path: Path, register: Register, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "openpyxl", None)
        with pytest.raises(PeelparseError, match=r"peelparse\[xlsx\]"):
            save_register(tmp_path / "register.xlsx", register)


# the command


class Run(Protocol):
    """Runs the command with some arguments and standard input."""

    def __call__(self, *arguments: str, given: bytes | None = None) -> Result: ...


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str, given: bytes | None = None) -> Result:
        return CliRunner().invoke(main, ["afis", *arguments], input=given)

    return invoke


def write_reports(*reports: Report, name: str = "reports.jsonl") -> None:
    data = b"".join(write_json(report) + b"\n" for report in reports)
    Path(name).write_bytes(data)


class TestCommand:
    def test_a_page_to_standard_output(self, run: Run) -> None:
        page = PAGES / "marl-ouse-2018-fire-efficiency-divs" / "page.html"
        done = run("-", given=page.read_bytes())
        assert done.exit_code == 0
        rows = list(csv.DictReader(io.StringIO(done.stdout.lstrip("\ufeff"))))
        assert {row["edition"] for row in rows} == {"2018-19"}
        assert f"-: {len(rows)} rows; {len(rows)} new, 0 changed" in done.stderr

    @pytest.mark.parametrize("name", ["register.csv", "register.xlsx"])
    def test_a_register_is_kept(self, run: Run, name: str) -> None:
        if name.endswith("xlsx"):
            pytest.importorskip("openpyxl", reason="openpyxl is not installed")
        write_reports(make_report(DOGS, LAMPS))
        done = run("reports.jsonl", "-o", name)
        assert done.exit_code == 0
        assert (
            done.stderr == f"{name}: 2 rows; 2 new, 0 changed, 0 vanished, 0 returned\n"
        )
        first = Path(name).read_bytes()
        done = run("reports.jsonl", "-o", name)
        assert done.stderr == f"{name}: 2 rows; as it was\n"
        assert Path(name).read_bytes() == first
        write_reports(make_report(DOGS))
        done = run("reports.jsonl", "-o", name, "-q")
        assert done.stderr == ""
        assert column(load_register(name), "change") == ["", "vanished"]

    def test_two_copies_without_a_page(self, run: Run) -> None:
        write_reports(make_report(DOGS))
        run("reports.jsonl", "-o", "register.csv")
        for name, owner in (("register.csv", "Ada"), ("other.csv", "Bea")):
            copy = load_register("register.csv")
            copy.put(0, "owner", owner)
            save_register(name, copy)
        done = run("-o", "register.csv", "--merge", "other.csv", "--strict")
        assert done.exit_code == 1
        assert "PP908 1 cells hold what two people typed" in done.stderr
        kept = load_register("register.csv")
        assert column(kept, "owner") == ["Ada || Bea"]
        # who settles it needs no more than the next run
        kept.put(0, "owner", "Bea")
        save_register("register.csv", kept)
        assert run("reports.jsonl", "-o", "register.csv", "--strict").exit_code == 0
        assert column(load_register("register.csv"), "conflicts") == [""]

    def test_rows_that_only_the_other_copy_has(self, run: Run) -> None:
        write_reports(make_report(DOGS))
        run("reports.jsonl", "-o", "other.csv")
        write_reports(make_report(ASK))
        run("reports.jsonl", "-o", "register.csv")
        done = run("-o", "register.csv", "--merge", "other.csv")
        assert "register.csv: 2 rows; " in done.stderr
        assert "1 from other copies" in done.stderr

    def test_recommendations(self, run: Run) -> None:
        write_reports(
            make_report(questions=[Question(text="?", recommendations=[ASK])])
        )
        assert run("reports.jsonl", "--recommendations").exit_code == 0
        done = run("reports.jsonl")
        assert done.exit_code == 1
        assert "the pages hold no area for improvement" in done.stderr

    def test_what_gives_no_report(self, run: Run) -> None:
        write_reports(make_report(DOGS))
        with Path("reports.jsonl").open("ab") as file:
            file.write(b"{}\n")
        done = run("reports.jsonl", "none.jsonl", "-o", "register.csv")
        assert done.exit_code == 3
        assert "reports.jsonl:2: PP901" in done.stderr
        assert "none.jsonl: PP902" in done.stderr
        done = run("none.html", "-o", "other.csv")
        assert done.exit_code == 1
        assert not Path("other.csv").exists()

    def test_a_page_that_ends_in_jsonl(self, run: Run) -> None:
        Path("page.jsonl").write_text("{}")
        assert run("page.jsonl").exit_code == 1

    def test_a_file_that_is_no_register(self, run: Run) -> None:
        write_reports(make_report(DOGS))
        Path("register.csv").write_text("my,own,table\n")
        done = run("reports.jsonl", "-o", "register.csv")
        assert done.exit_code == 1
        assert "register.csv: PP901" in done.stderr
        assert Path("register.csv").read_text() == "my,own,table\n"

    def test_remarks_of_the_library(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write_reports(make_report(DOGS))
        run("reports.jsonl", "-o", "register.csv")
        old = load_register("register.csv")
        old.remarks = ["a chart is lost"]
        monkeypatch.setattr("peelparse.register.load_register", lambda _: old)
        done = run("reports.jsonl", "-o", "register.csv")
        assert "PP908 the library for workbooks warns: a chart is lost" in done.stderr

    @pytest.mark.parametrize(
        ("arguments", "found"),
        [
            (["a.html", "-o", "register.txt"], "ends in .csv or .xlsx"),
            (["a.html", "-o", "nowhere/register.csv"], "does not exist"),
            (["-", "-"], "given once"),
            (["a.html", "b.html", "--address", "https://a"], "of one page"),
        ],
    )
    def test_wrong_usage(self, run: Run, arguments: list[str], found: str) -> None:
        done = run(*arguments)
        assert done.exit_code == 2
        assert found in done.stderr

    def test_nothing_to_do(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        assert run(given=b"").exit_code == 1
        monkeypatch.setattr(
            "peelparse.cli.afis.sys", msgspec.defstruct("S", ["stdin"])(None)
        )
        assert "Name a page" in run().stderr
