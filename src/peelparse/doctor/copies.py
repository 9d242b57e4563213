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

# what a code by itself explains, in whatever copy
REASONS: Final[dict[str, str]] = {
    "PP104": "the copy stops in the middle of something, as where a download or a "
    "selection ended early",
    "PP203": "no title, address or sentence that names a force was found in this copy",
    "PP204": "no title, address or sentence that names an edition was found in this "
    "copy",
    "PP402": "the words of an assessment were not found; so is it where a copy lost the "
    "page's titles and labels, and then the page itself (HTML) helps",
    "PP313": "the words under a question are in a panel; SingleFile, MHTML, innerText, "
    "selections and prints leave out panels that are closed",
}

COPIES: Final[dict[str, Copy]] = {
    HTML: Copy(
        "HTML, in whatever container",
        "a panel that was closed, if SingleFile, MHTML or another tool that leaves out "
        "what is hidden saved it; what an article extractor takes for furniture, which "
        "grade lines and short lists look like",
    ),
    "tei": Copy(
        "XML or TEI, as an article extractor writes",
        "what the extractor takes for furniture, which titles, grade lines and short "
        "lists look like",
    ),
    "axtree": Copy(
        "a browser's accessibility tree",
        "a panel that was closed when the tree was taken",
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
        "where paragraphs end: titles, labels, questions, grades, lists, and "
        "sub-headings that a capital ends, are told by their words; what stands between "
        "them is kept whole, and words between which no boundary can be known (before "
        "the lead-in of a list, after a heading that nothing ends) are in "
        "`coverage.unclaimed`",
    ),
}


def find_copy(layout: str | None, held_by: str) -> Copy:
    """The row for a copy.

    Args:
        layout: dialect of a text copy; None for others.
        held_by: format of the container, such as `html` or `axtree`.
    """
    return COPIES[layout] if layout else COPIES.get(held_by, COPIES[HTML])
