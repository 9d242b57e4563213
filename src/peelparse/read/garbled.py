"""Text that was UTF-8, was read as windows-1252 and saved again: put right exactly.

Each garbled character is a run of two to four that, written as windows-1252 again,
is one character of UTF-8. Only runs that are, and only characters that pages print,
are put right; what lost a byte on its way stays as it is.
"""

import re
from typing import Final

# how windows-1252 shows each byte from 0x80; five bytes that it has not stay controls
SHOWN: Final = [
    bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100)
]
BYTES: Final = {ord(letter): 0x80 + place for place, letter in enumerate(SHOWN)}
# Latin-1 shows the same bytes as controls
BYTES.update({byte: byte for byte in range(0x80, 0xA0)})
FOLLOWING: Final = "".join(
    re.escape(chr(code)) for code, byte in BYTES.items() if byte < 0xC0
)
GARBLED: Final = re.compile(f"[Â-ß][{FOLLOWING}]|[à-ï][{FOLLOWING}]{{2}}")
# curly quotes and dashes, pounds and accents, bullets, and what opens a file
PRINTED: Final = re.compile("[\xa0-\u017f\u2010-\u2044\u20ac\u2122\u25a0-\u27bf\ufeff]")


def find_garbled(text: str) -> re.Match[str] | None:
    """The first garbled character, if any."""
    if "â" in text or "Â" in text or "Ã" in text or "Å" in text or "ï" in text:
        return next((f for f in GARBLED.finditer(text) if _mend(f) != f[0]), None)
    return None


def mend_garbled(text: str) -> str:
    """Put right what was garbled.

    Example:
        >>> mend_garbled("the forceâ€™s Â£2.4m"), mend_garbled("Â£, caffÃ¨, Ffôn")
        ('the force’s £2.4m', '£, caffè, Ffôn')
    """
    return GARBLED.sub(_mend, text)


def _mend(found: re.Match[str]) -> str:
    data = bytes(BYTES[ord(letter)] for letter in found[0])
    try:
        letter = data.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
    return letter if PRINTED.match(letter) else found[0]
