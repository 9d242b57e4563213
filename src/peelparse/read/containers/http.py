"""An HTTP answer with its headers, as `curl -i` and `wget --save-headers` keep it."""

import re
from typing import Final

from peelparse.blocks import Problem
from peelparse.errors import LimitError, ReadError, UnsupportedFormatError
from peelparse.read.containers.compressed import GZIP, gather, inflate
from peelparse.read.containers.headers import Headers, read_headers, read_type
from peelparse.read.containers.member import Member, Members
from peelparse.read.limits import Budget

STATUS: Final = re.compile(rb"\s*HTTP/\d[\d.]* +(\d{3})")
CHUNK_SIZE: Final = re.compile(
    rb"(?:\r?\n)?([0-9a-fA-F]{1,8})[ \t]*(?:;[^\n]{0,200})?\r?\n"
)
PAGE_TYPES: Final = frozenset(
    ("", "text/html", "application/xhtml+xml", "text/plain", "text/markdown")
)
LONGEST_CHAIN: Final = 50  # redirects; browsers give up at 20
DEFLATE: Final = 15  # zlib's number for "with a zlib header"
RAW_DEFLATE: Final = -15
PLAIN: Final = bytes({*b"\t\n\r", *range(0x20, 0x7F)})  # packed bytes hold 4 in 10


class Answer(Member, frozen=True):
    """An answer: a member, and what decides whether it is a page."""

    status: int = 200
    type: str = ""
    """Its content type, such as `text/html`; empty where it has none."""
    location: str | None = None
    """Where a redirect leads."""


def read_http(data: bytes, budget: Budget) -> Members:
    """Read a file that holds one answer, redirects and `100 Continue` before it."""
    answer = read_answer(data, budget)
    if answer.status >= 300:
        found = f"the answer {answer.status}"
        if answer.location:
            found += f", which leads to {answer.location[:60]}"
        raise UnsupportedFormatError(
            "reading the HTTP answer",
            found,
            "the answer 200 with a page",
            "download the page again (curl follows redirects with -L)",
        )
    yield answer


def read_answer(data: bytes, budget: Budget, *, format_name: str = "http") -> Answer:
    """Read an answer: status line, headers, body.

    Args:
        data: from the status line on.
        budget: what the body may unpack to.
        format_name: name of the container.

    Returns:
        The last answer of a chain, its body decoded from chunks and compression.

    Raises:
        ReadError: the body cannot be decoded.
    """
    headers, status = read_headers(data), _read_status(data)
    # headers of redirects, proxies and `100 Continue` stand before the last ones
    for _ in range(LONGEST_CHAIN):
        following = data[headers.body : headers.body + 64]
        if not STATUS.match(following):
            break
        status = _read_status(following)
        headers = read_headers(data, headers.body)
    body, problems = _decode_body(data[headers.body :], headers, budget)
    kind = read_type(headers.get("content-type"))
    return Answer(
        data=body,
        format=format_name,
        encoding=kind.parameters.get("charset"),
        address=headers.get("content-location"),
        saved=headers.get("date"),
        problems=tuple(problems),
        status=status,
        type=kind.name,
        location=headers.get("location"),
    )


def _read_status(data: bytes) -> int:
    found = STATUS.match(data)
    return int(found[1]) if found else 0


def _decode_body(
    body: bytes, headers: Headers, budget: Budget
) -> tuple[bytes, list[Problem]]:
    """Undo chunks and compression, which a copy may have kept or already undone."""
    problems: list[Problem] = []
    if len(body) > budget.limits.page_bytes:
        return body, problems  # the page is refused, so nothing is unpacked
    stated = headers.get("content-length") or ""
    if "chunked" in (headers.get("transfer-encoding") or "").lower():
        body = _join_chunks(body, problems)
    elif stated.isdecimal() and len(stated) < 16 and len(body) < int(stated):
        found = f"{len(body):,} of the {int(stated):,} bytes that its header states"
        if not body.rstrip().lower().endswith((b"</html>", b"</body>")):
            problems.append(Problem("PP104", found))
    coding = (headers.get("content-encoding") or "").lower()
    if body.startswith(b"\x1f\x8b"):
        body = _inflate(body, GZIP, budget, problems)
    elif coding == "deflate" and not _is_plain(body):
        # servers send deflate with a header and without
        has_header = body[:1] == b"\x78" and int.from_bytes(body[:2], "big") % 31 == 0
        body = _inflate(body, DEFLATE if has_header else RAW_DEFLATE, budget, problems)
    elif coding in {"br", "zstd", "compress"} and not _is_plain(body):
        raise UnsupportedFormatError(
            "reading the HTTP answer",
            f"a body compressed by {coding}",
            "one that is plain, gzip or deflate",
            "download it again without (curl --compressed undoes it)",
        )
    return body, problems


def _inflate(body: bytes, bits: int, budget: Budget, problems: list[Problem]) -> bytes:
    unpacked, fault = gather(inflate(body, bits), len(body), budget)
    if isinstance(fault, LimitError):
        raise fault
    if fault and not unpacked:
        raise ReadError(
            "reading the HTTP answer", fault, "a page", "download the page again"
        )
    if fault:
        problems.append(Problem("PP104", fault))
    return unpacked


def _is_plain(body: bytes) -> bool:
    """Whether a body is text although its header says that it is compressed."""
    head = body[:2000]
    return len(head.translate(None, PLAIN)) < 0.2 * len(head)


def _join_chunks(body: bytes, problems: list[Problem]) -> bytes:
    """Join the chunks of a body; a body that is not in chunks stays as it is."""
    parts: list[bytes] = []
    position = 0
    while found := CHUNK_SIZE.match(body, position):
        size = int(found[1], 16)
        position = found.end() + size
        parts.append(body[found.end() : position])
        if size == 0:
            return b"".join(parts)
        if position > len(body):
            break
    if not parts:
        return body
    # what looks like a chunk's size may be a page's first line, already joined
    if position <= len(body) and len(parts) < 2:
        return body
    problems.append(Problem("PP104", "the last chunk is missing"))
    return b"".join(parts) + body[position:]
