"""A page without its prose: what its blocks are, and the shapes of their words.

For a bug report: whoever mends the fault sees the structure and the official labels,
and no word that the page says. Letters become `x` and `X`, digits `9`; how long words
are stays, because some faults depend on it.
"""

from collections.abc import Iterator
from typing import Final

from peelparse.blocks import Block, Page
from peelparse.recognise import Recognition
from peelparse.recognise.vocabulary import make_key, standard_vocabulary

LONGEST: Final = 24  # words of a block that are drawn; of more, first and last ones
KEPT: Final = (16, 6)


def draw_skeleton(page: Page, recognition: Recognition | None) -> str:
    """Draw a page block by block, without its prose.

    Args:
        page: the page as read.
        recognition: where its blocks went; None if nothing was recognised.

    Returns:
        Lines, each with its line feed: what the copy is, then a line a block with
        its place, kind, marks, rule and the shapes of its words. The file's name, the
        address and the force are left out.
    """
    source = page.source
    head = [f"format: {source.format}", f"encoding: {source.encoding}"]
    head += [f"dialect: {source.dialect}"] * bool(source.dialect)
    if recognition:
        report = recognition.report
        head += [f"kind: {report.kind}", f"edition: {report.edition or 'unknown'}"]
        codes = sorted({each.code for each in report.diagnostics})
        head += [f"diagnostics: {' '.join(codes) or 'none'}"]
    return "".join(f"{line}\n" for line in (*head, "", *_iter_lines(page, recognition)))


def _iter_lines(page: Page, recognition: Recognition | None) -> Iterator[str]:
    places = recognition.places if recognition else (None,) * len(page.blocks)
    for block, place in zip(page.blocks, places, strict=True):
        rule = f"{place.label}/{place.rule}" if place else "-"
        marks = " ".join(_iter_marks(block))
        yield f"{block.line}\t{marks}\t{rule}\t{mask(block.text)}"


def _iter_marks(block: Block) -> Iterator[str]:
    """What the copy says of a block."""
    yield f"{block.kind.value}{block.level or ''}"
    if block.ordinal is not None:
        yield f"#{block.ordinal}"
    yield from (
        name
        for name, is_set in (
            ("strong", block.strong),
            ("link", block.link),
            ("continues", block.continues),
        )
        if is_set
    )
    if block.gap:
        yield f"gap={block.gap}"
    if block.extent:
        yield f"extent={block.extent}"


def mask(text: str) -> str:
    """The shape of a block's words; an official label is kept as it is.

    Example:
        >>> mask("Requires improvement"), mask("It lost £2.4m – twice.")
        ('Requires improvement', 'Xx xxxx £9.9x – xxxxx.')
    """
    if make_key(text) in standard_vocabulary().by_key:
        return text
    words = text.split(" ")
    first, last = KEPT
    if len(words) > LONGEST:
        left = f"[{len(words) - first - last} words]"
        return " ".join((*map(_mask_word, words[:first]), left, _mask_all(words, last)))
    return _mask_all(words, len(words))


def _mask_all(words: list[str], count: int) -> str:
    return " ".join(map(_mask_word, words[-count:]))


def _mask_word(word: str) -> str:
    return "".join(map(_mask_letter, word))


def _mask_letter(letter: str) -> str:
    if letter.isalpha():
        return "X" if letter.isupper() else "x"
    if letter.isnumeric():
        return "9"
    return letter if letter.isprintable() else "?"
