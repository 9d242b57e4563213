"""The words of a text that was drawn on paper, told by the same text as it was set.

A library that lays out a PDF's text puts letters where they stand on the paper, and
may see a gap inside a word whose letters were moved together or apart. The same text
in the order in which it was set has whole words and no layout. Both have the same
letters, so each gap of the layout can be looked up.
"""

import re
from typing import Final, NamedTuple

# two or three letters that a face draws as one; the page has them apart
LIGATURES: Final = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
    }
)
PIECES: Final = re.compile(r"\S+")
MOST_LETTERS: Final = 50_000  # of a sheet; a printed page's has 5,000


class _Set(NamedTuple):
    """A sheet's text as it was set."""

    letters: str
    """Everything but white space."""
    starts: frozenset[int]
    """Offsets of the letters that white space stands before."""


def spell_words(drawn: str, plain: str) -> str:
    r"""Close the gaps that a layout has inside words.

    Args:
        drawn: a sheet's text as laid out.
        plain: the same text in the order in which it was set.

    Returns:
        The layout, with ligatures as letters. Gaps between words stay as they are;
        so does everything that the plain text has not.

    Example:
        >>> spell_words("  Is the for      ce \ufb01t?", "Is the force \ufb01t?")
        '  Is the force fit?'
    """
    drawn, plain = drawn.translate(LIGATURES), plain.translate(LIGATURES)
    text = _read_set(plain)
    if len(text.letters) > MOST_LETTERS:
        return drawn
    lines: list[str] = []
    place = 0
    for line in drawn.split("\n"):
        spelled, place = _spell_line(line, text, place)
        lines.append(spelled)
    return "\n".join(lines)


def _read_set(plain: str) -> _Set:
    words = plain.split()
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    return _Set("".join(words), frozenset(starts))


def _spell_line(line: str, text: _Set, place: int) -> tuple[str, int]:
    """A line with whole words, and where in the set text its last piece ends."""
    parts: list[str] = []
    end = 0  # of the piece before, in the line
    run = ""  # the pieces so far that follow each other in the set text
    for found in PIECES.finditer(line):
        piece = found[0]
        at = _find(text.letters, run + piece, place)
        if run and at >= 0 and at + len(run) not in text.starts:
            parts.append(piece)
        else:
            parts.append(line[end : found.start()] + piece)
        if at < 0:  # another column begins
            run, at = "", _find(text.letters, piece, place)
        run += piece
        place = place if at < 0 else at
        end = found.end()
    return "".join(parts), place


def _find(letters: str, run: str, place: int) -> int:
    """Where some letters stand, looked for from a place on and then from the start."""
    at = letters.find(run, place)
    return letters.find(run) if at < 0 else at
