import pytest

from builtin_recogniser.text.numbers import cardinal, ordinal, year
from builtin_recogniser.text.written_numbers import say_numbers


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (40, "forty"),
        (99, "ninety nine"),
        (100, "one hundred"),
        (342, "three hundred forty two"),
        (1_005, "one thousand five"),
        (52_000, "fifty two thousand"),
        (7_000_001, "seven million one"),
    ],
)
def test_cardinal(number: int, words: str) -> None:
    assert cardinal(number) == words


def test_cardinal_with_and() -> None:
    assert cardinal(342, with_and=True) == "three hundred and forty two"
    assert cardinal(1_005, with_and=True) == "one thousand and five"
    assert cardinal(1_342, with_and=True) == "one thousand three hundred and forty two"


def test_ordinal() -> None:
    said = [ordinal(number) for number in (1, 12, 20, 23, 100)]
    assert said == ["first", "twelfth", "twentieth", "twenty third", "one hundredth"]


def test_year() -> None:
    said = [year(number) for number in (1900, 1905, 1984, 2000, 2004, 2026)]
    assert said == [
        "nineteen hundred",
        "nineteen oh five",
        "nineteen eighty four",
        "two thousand",
        "two thousand and four",
        "twenty twenty six",
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("in 1984", "in nineteen eighty four"),
        ("1,984 people", "one thousand nine hundred eighty four people"),
        ("the 1960s", "the nineteen sixties"),
        ("at 5:05 or 6:00", "at five oh five or six o'clock"),
        ("on the 21st", "on the twenty first"),
        ("$15 or 12.5%", "fifteen dollars or twelve point five percent"),
        ("from 10-12", "from ten to twelve"),
    ],
)
def test_digits_become_words(written: str, said: str) -> None:
    assert say_numbers(written) == said
