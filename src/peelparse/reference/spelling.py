"""Text to the form in which names, editions and questions are compared."""

from typing import Final

LONGEST_LABEL: Final = 300
"""Characters of a line that can matter: official questions have at most 150."""

_DASHES: Final = "‐‑‒–—―−"
_SINGLE_QUOTES: Final = "‘’ʼ′"
_DOUBLE_QUOTES: Final = "“”″"
_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

_SAME: Final = str.maketrans(
    {
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_SINGLE_QUOTES, "'"),
        **dict.fromkeys(_DOUBLE_QUOTES, '"'),
        **dict.fromkeys(_INVISIBLE, None),
        "&": " and ",
    }
)


def fold(text: str) -> str:
    """Make spellings that a reader takes for the same the same string.

    Every dash becomes a hyphen, curly quotes become straight, `&` becomes `and`,
    white space is squeezed, and case is folded.

    Args:
        text: A name, label or question; may be empty.

    Returns:
        The folded text; empty if there was nothing visible.

    Example:
        >>> fold("Dyfed–Powys  Police")
        'dyfed-powys police'
        >>> fold("Devon & Cornwall")
        'devon and cornwall'
    """
    return " ".join(text.casefold().translate(_SAME).split())
