"""Says numbers that are written in digits: prices, percentages, decades, times of day, ordinals, years."""

import re

from builtin_recogniser.text.numbers import cardinal, ordinal, year

_INTEGER = r"(\d{1,3}(?:,\d{3})+|\d{1,9})"
_Match = re.Match[str]


def _number(digits: str) -> int:
    return int(digits.replace(",", ""))


def _range(_: _Match) -> str:
    return " to "


def _time(match: _Match) -> str:
    hour, minute = int(match[1]), int(match[2])
    if minute == 0:
        return f"{cardinal(hour)} o'clock"
    return f"{cardinal(hour)} {'oh ' if minute < 10 else ''}{cardinal(minute)}"


def _price(match: _Match) -> str:
    return f"{cardinal(_number(match[1]))} dollars"


def _ordinal(match: _Match) -> str:
    return ordinal(int(match[1]))


def _decade(match: _Match) -> str:
    return year(int(match[1])).removesuffix("y") + "ies"


def _decimal(match: _Match) -> str:
    return f"{cardinal(int(match[1]))} point {' '.join(cardinal(int(digit)) for digit in match[2])}"


def _year_or_count(match: _Match) -> str:
    number = _number(match[1])
    is_year = len(match[1]) == 4 and 1100 <= number < 2100
    return year(number) if is_year else cardinal(number)


_RULES = (
    (r"(?<=\d)-(?=\d)", _range),
    (r"\b(\d{1,2}):([0-5]\d)\b", _time),
    (rf"\${_INTEGER}(?![\d.])", _price),
    (r"\b(\d{1,9})(?:st|nd|rd|th)\b", _ordinal),
    (r"\b((?:1[1-9]|20)[2-9]0)'?s\b", _decade),
    (r"\b(\d{1,6})\.(\d{1,3})\b", _decimal),
    (rf"(?<![\d.,$])\b{_INTEGER}\b(?![.,]?\d)", _year_or_count),
)
"""Patterns and how to say them, in the order in which they are tried."""


def say_numbers(text: str) -> str:
    """Replace digits by words; what fits no rule keeps its digits."""
    for pattern, say in _RULES:
        text = re.sub(pattern, say, text)
    return text.replace("%", " percent")
