"""Dates of saving, as tools write them, to ISO 8601; no locale, no clock."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
TIME: Final = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
ZONE: Final = r"\s*(?P<zone>(?:GMT|UTC|Z)?\s*(?:[+-]\d\d:?\d\d)?)"
# patterns are texts: `re` compiles them for the pages that tell when they were saved
# 'Mon, 23 Nov 2026 11:39:43 GMT' of HTTP and mail
MAIL: Final = (
    r"(?i)(?:[a-z]{3,9},?\s+)?(?P<day>\d{1,2})[\s-](?P<month>[a-z]{3})[a-z]*[\s-](?P<year>\d{4})"
    rf"\s+{TIME}{ZONE}"
)
# 'Mon Nov 23 2026 11:42:12 GMT+0000 (Coordinated Universal Time)' of JavaScript
SCRIPT: Final = (
    r"(?i)[a-z]{3}\s+(?P<month>[a-z]{3})\s+(?P<day>\d{1,2})\s+(?P<year>\d{4})\s+"
    rf"{TIME}{ZONE}"
)
# '20180514101112' of web archives, cut short at will
STAMP: Final = r"(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(\d\d)?)?)?)?)?"
FIRST: Final = 631_152_000  # 1990, before there were pages
LAST: Final = 4_102_444_800  # 2100; larger numbers count milliseconds


def to_iso(value: str | float) -> str | None:
    """Write a date of saving in ISO 8601.

    Args:
        value: text as HTTP, MHTML, SingleFile, WARC or a crawler writes it, or
            seconds or milliseconds since 1970.

    Returns:
        Date and time with `Z` for universal time, or a date alone where the copy
        has no time; None for what is no date.

    Example:
        >>> to_iso("Mon, 23 Nov 2026 11:39:43 GMT")
        '2026-11-23T11:39:43Z'
        >>> to_iso("2024-05-14"), to_iso(1715681472), to_iso("soon")
        ('2024-05-14', '2024-05-14T10:11:12Z', None)
    """
    if not isinstance(value, str):
        return _from_number(value)
    text = value.strip()
    if text.isascii() and text.isdigit() and len(text) in {10, 13}:
        return _from_number(int(text))
    found = re.match(MAIL, text) or re.match(SCRIPT, text)
    try:
        if found:
            return _from_match(found)
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        return None
    # a date alone stays one: midnight would be an invention
    return moment.date().isoformat() if len(text) <= 10 else _write(moment)


def from_stamp(stamp: str) -> str | None:
    """Write the date in a web archive's address in ISO 8601, as far as it goes.

    Example:
        >>> from_stamp("20180514101112"), from_stamp("201805"), from_stamp("2018")
        ('2018-05-14T10:11:12Z', '2018-05', '2018')
    """
    found = re.fullmatch(STAMP, stamp)
    if not found:
        return None
    year, month, day, hour, minute, second = found.groups()
    try:
        datetime(
            int(year),
            int(month or 1),
            int(day or 1),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            tzinfo=UTC,
        )
    except ValueError:
        return None
    date = "-".join(part for part in (year, month, day) if part)
    return f"{date}T{hour}:{minute}:{second or '00'}Z" if minute else date


def _from_number(number: float) -> str | None:
    seconds = number / 1000 if number > LAST else number
    if not FIRST < seconds < LAST:
        return None
    return _write(datetime.fromtimestamp(int(seconds), UTC))


def _from_match(found: re.Match[str]) -> str | None:
    month = found["month"].lower()
    if month not in MONTHS:
        return None
    zone = found["zone"].strip().upper()
    offset = re.search(r"([+-])(\d\d):?(\d\d)", zone)
    place: timezone | None = UTC if zone else None
    if offset:
        shift = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        place = timezone(-shift if offset[1] == "-" else shift)
    return _write(
        datetime(
            int(found["year"]),
            MONTHS.index(month) + 1,
            int(found["day"]),
            int(found["hour"]),
            int(found["minute"]),
            int(found["second"] or 0),
            tzinfo=place,
        )
    )


def _write(moment: datetime) -> str:
    """A moment, to the second; universal time as `Z`, no zone if none was given."""
    if moment.microsecond:
        moment = moment.replace(microsecond=0)
    return moment.isoformat().removesuffix("+00:00") + (
        "Z" if moment.utcoffset() == timedelta(0) else ""
    )
