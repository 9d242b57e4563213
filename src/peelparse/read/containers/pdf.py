"""PDF printed from a page to its text, laid out as on paper.

Needs the extra `peelparse[pdf]`, which brings pypdf: pure Python, no dependencies,
kept up by its project since 2022. Of the libraries tried on printed pages, only its
layout mode keeps bullets with their lines and paragraphs apart; its plain mode has the
words as they were set.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from peelparse.blocks import Problem
from peelparse.errors import LimitError, ReadError, UnsupportedFormatError
from peelparse.read.containers.drawn import spell_words
from peelparse.read.containers.member import Member, Members
from peelparse.read.limits import Budget, advise_raising

if TYPE_CHECKING:
    from pypdf import PdfReader


def read_pdf(data: bytes, budget: Budget) -> Members:
    """Read the text of a printed page."""
    notes: list[str] = []
    reader = _open(data, notes)
    sheets: list[str] = []
    problems = [Problem("PP107", f"the PDF, {note}") for note in notes[:1]]
    for number, text in enumerate(_iter_sheets(reader), 1):
        if text is None:
            problems.append(
                Problem("PP104", f"sheet {number} of the PDF cannot be read")
            )
            continue
        if number > budget.limits.pdf_pages:
            raise LimitError(
                "reading the PDF",
                f"more than {budget.limits.pdf_pages} sheets",
                "a printed inspection page",
                "print the page alone, or " + advise_raising("pdf_pages"),
            )
        budget.unpack(len(text))
        sheets.append(text)
    text = "\f".join(sheets) + "\f"  # as every tool marks sheets
    if not text.strip():
        raise UnsupportedFormatError(
            "reading the PDF",
            "no text, only pictures of it" if sheets else "no sheet",
            "a PDF printed from the page",
            "save the page itself (HTML)",
        )
    yield Member(
        data=text.encode("utf-8", "replace"),
        format="pdf",
        form="text",
        encoding="utf-8",
        problems=tuple(problems[:2]),
    )


def _open(data: bytes, notes: list[str]) -> "PdfReader":
    """Open a PDF; what the library says of damage that it mended goes to `notes`."""
    try:
        from pypdf import PdfReader  # noqa: PLC0415  an extra, and slow to import
    except ImportError:
        raise UnsupportedFormatError(
            "reading the file",
            "a PDF, and no library to read it",
            "HTML, or text made from the PDF",
            "install the extra with pip install 'peelparse[pdf]', or use pdftotext",
        ) from None
    try:
        with _listen(notes):
            reader = PdfReader(BytesIO(data))
            is_locked = reader.is_encrypted and not reader.decrypt("")
    except Exception as error:  # a damaged PDF raises whatever it meets
        raise _make_error(error) from error
    if is_locked:
        raise UnsupportedFormatError(
            "reading the PDF",
            "it encrypted",
            "one that needs no password",
            "print it again without a password, or save the page itself",
        )
    return reader


@contextmanager
def _listen(notes: list[str]) -> Iterator[None]:
    """Take what pypdf logs, which is for the report and not for the terminal."""
    import logging  # noqa: PLC0415  only here
    from logging.handlers import QueueHandler  # noqa: PLC0415  as above
    from queue import SimpleQueue  # noqa: PLC0415  as above

    logger = logging.getLogger("pypdf")
    logger.addHandler(logging.NullHandler())  # also for what is logged later
    records: SimpleQueue[logging.LogRecord] = SimpleQueue()
    handler = QueueHandler(records)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        while not records.empty():
            notes.append(records.get().getMessage())


def _iter_sheets(reader: "PdfReader") -> Iterator[str | None]:
    """The text of each sheet; None for one that cannot be read."""
    try:
        count = len(reader.pages)
    except Exception as error:
        raise _make_error(error) from error
    for number in range(count):
        try:
            sheet = reader.pages[number]
            # turned text is a watermark, not the page
            drawn = sheet.extract_text(
                extraction_mode="layout", layout_mode_strip_rotated=True
            )
            text = spell_words(drawn, sheet.extract_text())
        except Exception:  # noqa: BLE001  as above
            yield None
        else:
            yield text


def _make_error(error: Exception) -> ReadError:
    return ReadError(
        "reading the PDF",
        f"it damaged ({str(error)[:60] or type(error).__name__})",
        "a whole PDF",
        "print the page again, or save the page itself (HTML)",
    )
