"""One small page of a force that is not there, as every container holds it."""

import bz2
import gzip
import io
import json
import lzma
import quopri
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from hashlib import shake_128

from peelparse.blocks import Page
from peelparse.errors import ReadError
from peelparse.read import Limits, read_page, read_pages

ADDRESS = "https://inspectorate.example/peel-2017/northshire/effectiveness/"
HTML = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Northshire PEEL 2017</title></head>
<body>
<h1>Northshire PEEL 2017</h1>
<h2>Effectiveness</h2>
<p>Good</p>
<p>Northshire Police is good at keeping people safe – it has £2.4m to spend.</p>
<h3>How well does the force prevent crime?</h3>
<p>The force:</p>
<ul><li>knows its streets; and</li><li>works with its neighbours.</li></ul>
</body></html>
"""
TEXT = """Northshire PEEL 2017

Effectiveness

Good

Northshire Police is good at keeping people safe – it has £2.4m to spend.

How well does the force prevent crime?

The force:

• knows its streets; and
• works with its neighbours. It trains them, it equips them, and it listens to them.
"""
DATE = "Mon, 23 Nov 2026 11:39:43 GMT"
ISO = "2026-11-23T11:39:43Z"
PLAIN = [block.text for block in read_page(HTML.encode()).blocks]


def read(data: bytes, name: str = "copy", **limits: int) -> list[Page | ReadError]:
    return list(read_pages(data, name, limits=Limits(**limits)))


def read_one(data: bytes, name: str = "copy") -> Page:
    (page,) = read(data, name)
    assert isinstance(page, Page), page
    return page


def find_error(data: bytes, **limits: int) -> ReadError:
    (error,) = read(data, "copy", **limits)
    assert isinstance(error, ReadError)
    assert error.name is not None
    assert str(error)
    return error


def texts(page: Page | ReadError) -> list[str]:
    assert isinstance(page, Page), page
    return [block.text for block in page.blocks]


def codes(page: Page | ReadError) -> list[str]:
    assert isinstance(page, Page), page
    return [problem.code for problem in page.problems]


def names(pages: Iterable[Page | ReadError]) -> list[str | None]:
    return [page.source.name if isinstance(page, Page) else page.name for page in pages]


def header_lines(
    fields: Mapping[str, str], first: str = "", end: str = "\r\n"
) -> bytes:
    lines = [first] if first else []
    lines += [f"{name}: {value}" for name, value in fields.items()]
    return (end.join(lines) + end + end).encode()


def make_http(
    body: bytes = HTML.encode(),
    status: str = "200 OK",
    end: str = "\r\n",
    **fields: str,
) -> bytes:
    given = {name.replace("_", "-"): value for name, value in fields.items()}
    every = {"Date": DATE, "Content-Type": "text/html; charset=UTF-8", **given}
    return header_lines(every, f"HTTP/1.1 {status}", end) + body


def make_record(
    data: bytes,
    kind: str = "response",
    address: str = ADDRESS,
    end: str = "\r\n",
    **fields: str,
) -> bytes:
    given = {name.replace("_", "-"): value for name, value in fields.items()}
    every = {
        "WARC-Type": kind,
        "WARC-Target-URI": address,
        "WARC-Date": ISO,
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(data)),
        **given,
    }
    gap = (end + end).encode()
    return header_lines(every, "WARC/1.0", end) + data + gap


def make_part(body: bytes, **fields: str) -> bytes:
    given = {name.replace("_", "-"): value for name, value in fields.items()}
    return b"\r\n--BOUND\r\n" + header_lines(given) + body


def make_mhtml(
    *parts: bytes, end: bytes = b"\r\n--BOUND--\r\n", **fields: str
) -> bytes:
    head = {
        "From": "<Saved by Blink>",
        "Snapshot-Content-Location": ADDRESS,
        "Subject": "=?utf-8?Q?Northshire?=",
        "Date": DATE,
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/related;\r\n\ttype="text/html";\r\n\tboundary="BOUND"',
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }
    return header_lines(head) + b"".join(parts) + end


def quote(html: str) -> bytes:
    return quopri.encodestring(html.encode()).replace(b"\n", b"\r\n")


def make_noise(size: int) -> bytes:
    """Bytes that no compression makes smaller, the same every time."""
    return shake_128(b"northshire").digest(size)


def make_zip(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def make_tar(files: Mapping[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


ROW = {"url": ADDRESS, "fetched_at": ISO, "html": HTML}
WAYS = {
    "http": make_http(),
    "mhtml": make_mhtml(
        make_part(
            quote(HTML),
            Content_Type="text/html",
            Content_Transfer_Encoding="quoted-printable",
        )
    ),
    "warc": make_record(make_http()),
    "gzip": gzip.compress(HTML.encode()),
    "bz2": bz2.compress(HTML.encode()),
    "xz": lzma.compress(HTML.encode()),
    "zip": make_zip({"page.html": HTML.encode()}),
    "tar": make_tar({"page.html": HTML.encode()}),
    "json": json.dumps([ROW]).encode(),
    "csv": f'url,fetched_at,html\r\n{ADDRESS},{ISO},"{HTML.replace(chr(34), chr(34) * 2)}"\r\n'.encode(),
}


def make_crawl(end: str = "\r\n") -> bytes:
    text = {"Content_Type": "text/plain"}
    answer = make_http(end=end)
    records = [
        make_record(b"software: none", "warcinfo", end=end, Content_Type="text/plain"),
        make_record(b"GET / HTTP/1.1\r\n\r\n", "request", end=end),
        make_record(answer, end=end),
        make_record(make_http(b"", "302 Found", end), end=end),
        make_record(make_http(b"p{}", Content_Type="text/css"), end=end),
        make_record(
            make_http(b"User-agent: *"), address=f"{ADDRESS}robots.txt", end=end
        ),
        make_record(b"1.2.3.4", "response", "dns:inspectorate.example", end, **text),
        make_record(b"args", "resource", "metadata://wget/args.txt", end, **text),
        make_record(HTML.encode(), "resource", end=end, Content_Type="text/html"),
        make_record(b"\x89PNG", "resource", end=end, Content_Type="image/png"),
        make_record(b"  ", "resource", end=end, Content_Type="text/html"),
        make_record(TEXT.encode(), "conversion", end=end, **text),
        make_record(HTML.encode(), "resource", end=end, Content_Type=""),
        make_record(TEXT.encode(), "resource", end=end, Content_Type=""),
    ]
    return "".join([]).encode() + b"".join(records)


def node(
    role: str, name: str = "", *children: object, **more: object
) -> dict[str, object]:
    return {"role": role, "name": name, "children": list(children), **more}


def text(name: str) -> dict[str, object]:
    return {"role": "StaticText", "name": name}


TREE = node(
    "RootWebArea",
    "Northshire PEEL 2017 – HMICFRS",
    node("navigation", "", node("link", "Home", text("Home"))),
    node("search", "", node("textbox", "Search")),
    node("heading", "Northshire PEEL 2017", level=1),
    text("Northshire is "),
    node("link", "fair", text("fair")),
    text(" at it."),
    text("The force:"),
    text("knows its streets; and"),
    text("acts."),
    {"role": "LineBreak", "name": "\n"},
    text("Last"),
    node("button", "Show more", text("Show more")),
    node("DisclosureTriangle", "", node("heading", "", text("Inside"), level=9)),
    node("image", "Ungraded"),
    node("generic", "", node("strong", "", text("Bold"))),
    node("time", "2017", text("2017")),
    node("list", "", node("listitem", "", node("ListMarker", "•"), text("one"))),
    node("link", "", node("heading", "Linked", level=2)),
    node("unknown", "nothing"),
    url=ADDRESS,
)


def make_pdf(lines: list[str], sheets: int = 1, extra: bytes = b"") -> bytes:
    """A small PDF, a line of text below the other."""
    shown = "".join(f"0 -{14 if line else 30} Td ({line}) Tj\n" for line in lines)
    stream = f"BT /F1 12 Tf 72 760 Td\n{shown}ET".encode("latin-1")
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(sheets))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {sheets}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number in range(sheets):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
            b"/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>" % (5 + 2 * number)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R%s>>\n"
        b"startxref\n%d\n%%%%EOF" % (size, table, size, extra, len(data))
    )


LINES = [
    "Northshire PEEL 2017",
    "",
    "Effectiveness",
    "",
    "Good",
    "",
    "The force has few staff.",
]
