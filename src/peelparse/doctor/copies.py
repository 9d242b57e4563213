"""What each way of saving a page loses: the table of `docs/copies.md`.

A test holds this table and the document together.
"""

from typing import Final, NamedTuple


class Copy(NamedTuple):
    """One way in which a copy is laid out."""

    what: str
    """What tells it, and what writes it."""
    loses: str
    """What cannot be recovered from it, and why."""


HTML: Final = "html"

COPIES: Final[dict[str, Copy]] = {
    HTML: Copy(
        "HTML, in whatever container",
        "nothing, if the whole page was saved; an article extractor leaves out what it "
        "takes for furniture, which grade lines and short lists look like",
    ),
    "full": Copy(
        "text with blank lines between blocks, as browsers and most extractors write",
        "levels of headings, and alternative texts, so a grade that is a picture is "
        "gone",
    ),
    "lossy": Copy(
        "text from which every line of one word is gone, as some extractors write",
        "one-word grades, question numbers and pillars, because they are lines of one "
        "word",
    ),
    "compact": Copy(
        "text without blank lines, as extractors write that keep each paragraph a line",
        "where a list or a box ends, because nothing sets it apart; many such "
        "extractors keep only paragraphs and list items, and so no grade line",
    ),
    "wrapped": Copy(
        "text with lines broken at a width, as text browsers and PDF tools write",
        "which line ends were the page's own, where a line fills the width; a hyphen "
        "at a line end may be the word's own",
    ),
    "layout": Copy(
        "text drawn in columns or on paper sheets, as PDF tools write",
        "a panel that was closed when the page was printed; which words a drawn "
        "column holds, where columns touch",
    ),
    "markdown": Copy(
        "Markdown of any flavour",
        "parts of a cell where a table lays out the page, because a row of Markdown is "
        "one line",
    ),
    "rst": Copy(
        "reStructuredText",
        "levels of headings inside containers, which its writers draw as rubrics",
    ),
    "run_together": Copy(
        "text with hardly any line ends, as extractors write that keep words only",
        "where paragraphs end, because every cut at a sentence would be a guess; "
        "titles, labels, questions, grades and lists are told by their words",
    ),
}
