"""Web archives (WARC, and WET made from them): records with headers, to members."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import msgspec

from peelparse.blocks import Problem
from peelparse.errors import ReadError
from peelparse.read.containers.headers import Headers, read_headers, read_type
from peelparse.read.containers.http import PAGE_TYPES, STATUS, read_answer
from peelparse.read.containers.member import Member, Members
from peelparse.read.identify import looks_like_html
from peelparse.read.limits import Budget

NEXT: Final = re.compile(rb"\r?\n(?=WARC/\d\.\d+\r?\n)")
START: Final = re.compile(rb"\s*(?:WARC/\d|\Z)")
ADDRESS: Final = re.compile(r"https?://", re.IGNORECASE)
NO_PAGE: Final = re.compile(
    r"^[^?#]*/(?:robots\.txt|favicon\.ico|sitemap[^/]*\.xml)$", re.IGNORECASE
)
KINDS: Final = frozenset(("response", "resource", "conversion"))


class Record(NamedTuple):
    """One record, as it stands."""

    number: int
    """1-based, of all records in the file."""
    headers: Headers
    data: bytes
    problems: tuple[Problem, ...]


def read_warc(data: bytes, budget: Budget) -> Members:
    """Read the pages of a web archive: every answer, resource or conversion to text.

    What is no page is passed over: requests, redirects, refusals, images, styles,
    `robots.txt`, look-ups of names, notes of the archiver.
    """
    for record in _iter_records(data):
        budget.count()
        try:
            member = _read_record(record, budget)
        except ReadError as error:
            if budget.is_spent:
                raise
            error.name = str(record.number)
            yield error
            continue
        if member is not None:
            yield member
        elif cut := [problem for problem in record.problems if problem.code == "PP104"]:
            lost = ReadError(
                "reading the web archive",
                cut[0].found,
                "a whole archive",
                "copy the archive again; the pages before the break were read",
            )
            lost.name = str(record.number)
            yield lost


def _iter_records(data: bytes) -> Iterator[Record]:
    position = number = 0
    while data[position : position + 1024].strip():
        number += 1
        headers = read_headers(data, position)
        end, problems = _find_end(data, headers, number)
        yield Record(number, headers, data[headers.body : end], problems)
        following = NEXT.search(data, max(headers.body - 2, end))
        position = following.end() if following else len(data)


def _find_end(
    data: bytes, headers: Headers, number: int
) -> tuple[int, tuple[Problem, ...]]:
    """Where a record ends; its stated length counts only if a record follows it."""
    stated = headers.get("content-length") or ""
    said = f"record {number} states {stated} bytes"
    if not stated:
        said = f"record {number} does not state its length"
    length = int(stated) if stated.isdecimal() and len(stated) < 16 else -1
    end = headers.body + length
    if length >= 0 and end <= len(data) and START.match(data, end, end + 64):
        return end, ()
    following = NEXT.search(data, max(0, headers.body - 2))
    is_cut = following is None and (end > len(data) or not stated)
    if is_cut and not data[max(headers.body, len(data) - 64) :].rstrip().endswith(
        b"</html>"
    ):
        there = f"{len(data) - headers.body:,} are there"
        return len(data), (Problem("PP104", f"{said}, {there}"),)
    end = following.start() if following else len(data)
    while end > headers.body and data[end - 1] in b"\r\n":
        end -= 1
    return end, (Problem("PP107", f"{said} and has {end - headers.body:,}"),)


def _read_record(record: Record, budget: Budget) -> Member | None:
    """The page in a record; None if it holds none."""
    address = record.headers.get("warc-target-uri") or ""
    is_page = ADDRESS.match(address) and not NO_PAGE.match(address)
    if record.headers.get("warc-type") not in KINDS or not is_page:
        return None
    member = _read_payload(record, budget)
    if member is None or not member.data.strip():
        return None
    return msgspec.structs.replace(
        member,
        name=str(record.number),
        address=address,
        saved=record.headers.get("warc-date"),
        problems=record.problems + member.problems,
    )


def _read_payload(record: Record, budget: Budget) -> Member | None:
    """What a record is about: the body of an answer, or its own bytes."""
    kind = read_type(record.headers.get("content-type"))
    if kind.name == "application/http" or STATUS.match(record.data[:64]):
        answer = read_answer(record.data, budget, format_name="warc")
        if not 200 <= answer.status < 300 or answer.type not in PAGE_TYPES:
            return None
        form = _find_form(answer.type, answer.data)
        return msgspec.structs.replace(answer, form=form)
    if kind.name not in PAGE_TYPES:
        return None
    return Member(
        data=record.data,
        format="warc",
        form=_find_form(kind.name, record.data),
        encoding=kind.parameters.get("charset"),
    )


def _find_form(kind: str, data: bytes) -> str:
    if kind in {"text/plain", "text/markdown"}:
        return "text"
    return "html" if kind or looks_like_html(data) else "text"
