"""Printed dates to ISO 8601, in British order."""

import re


def parse_date(text: str, months: dict[str, int]) -> str | None:
    """A printed date as ISO 8601; None if there is no such day.

    Example:
        >>> parse_date("02/05/2019", {}), parse_date("8 March 2018", {"march": 3})
        ('2019-05-02', '2018-03-08')
    """
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    if len(numbers) == 2:
        name = re.sub(r"[^a-z]", "", re.sub(r"\d(?:st|nd|rd|th)", "", text.casefold()))
        day, month, year = numbers[0], months.get(name, 0), numbers[1]
    elif len(numbers) == 3:
        day, month, year = numbers if numbers[2] > 31 else numbers[::-1]
    else:
        return None
    is_day = 1 <= month <= 12 and 1 <= day <= _month_length(month, year)
    return f"{year:04}-{month:02}-{day:02}" if is_day and 1990 < year < 2100 else None


def _month_length(month: int, year: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in {4, 6, 9, 11} else 31
