"""Text that was UTF-8, was read as windows-1252 and saved again: put right exactly.

Each garbled character is a run of two to four that, written as windows-1252 again,
is one character of UTF-8. Only runs that are, and only characters that pages print,
are put right; what lost a byte on its way stays as it is.
"""

import re
from functools import cache
from typing import Final

from peelparse.text import WINDOWS

# how windows-1252 shows each byte from 0x80; five bytes that it has not stay controls
BYTES: Final = {ord(letter): byte for byte, letter in WINDOWS.items() if letter}
# Latin-1 shows the same bytes as controls, and both show the higher ones alike
BYTES.update({byte: byte for byte in range(0x80, 0x100)})
# curly quotes and dashes, pounds and accents, bullets, and what opens a file
PRINTED: Final = "[\xa0-\u017f\u2010-\u2044\u20ac\u2122\u25a0-\u27bf\ufeff]"


def find_garbled(text: str) -> re.Match[str] | None:
    """The first garbled character, if any."""
    if "â" in text or "Â" in text or "Ã" in text or "Å" in text or "ï" in text:
        return next((f for f in _garbled().finditer(text) if _mend(f) != f[0]), None)
    return None


def mend_garbled(text: str) -> str:
    """Put right what was garbled.

    Example:
        >>> mend_garbled("the forceâ€™s Â£2.4m"), mend_garbled("Â£, caffÃ¨, Ffôn")
        ('the force’s £2.4m', '£, caffè, Ffôn')
    """
    return _garbled().sub(_mend, text)


@cache
def _garbled() -> re.Pattern[str]:
    """What looks garbled; compiled for the few pages that need it."""
    following = "".join(
        re.escape(chr(code)) for code, byte in BYTES.items() if byte < 0xC0
    )
    return re.compile(f"[Â-ß][{following}]|[à-ï][{following}]{{2}}")


def _mend(found: re.Match[str]) -> str:
    data = bytes(BYTES[ord(letter)] for letter in found[0])
    try:
        letter = data.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
    return letter if re.match(PRINTED, letter) else found[0]
