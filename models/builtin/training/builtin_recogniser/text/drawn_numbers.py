"""Slots that are filled with random numbers, sums and spelled words."""

from collections.abc import Callable, Mapping
from random import Random

from builtin_recogniser.text.numbers import cardinal, year
from builtin_recogniser.text.word_lists import word_list


class DrawnNumbers:
    """Draws numbers of the kinds that people say to an agent."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def slots(self) -> Mapping[str, Callable[[], str]]:
        """Name every kind by its slot."""
        return {
            "small-number": self.small_number,
            "two-digit-number": self.two_digit_number,
            "large-number": self.large_number,
            "digits": self.digits,
            "letters": self.letters,
            "spelled-word": self.spelled_word,
            "year": self.year,
            "arithmetic": self.arithmetic,
        }

    def small_number(self) -> str:
        """Draw from one to twelve: hours, guests, rooms."""
        return cardinal(self._random.randint(1, 12))

    def two_digit_number(self) -> str:
        """Draw from two to ninety nine."""
        return cardinal(self._random.randint(2, 99))

    def large_number(self) -> str:
        """Draw from a hundred to nine million, most of them round."""
        draw = self._random.randint
        number = self._random.choice(
            [
                draw(100, 999),
                draw(1, 9) * 100,
                draw(1000, 9999),
                draw(1, 99) * 1000,
                draw(2, 99) * 10,
                draw(1, 9) * 10**6,
            ]
        )
        return cardinal(number, with_and=self._random.random() < 0.5)

    def digits(self) -> str:
        """Draw three to eight digits: telephone numbers, codes."""
        return " ".join(self._random.choices(word_list("digit"), k=self._random.randint(3, 8)))

    def letters(self) -> str:
        """Draw two to seven letters: number plates, abbreviations."""
        return " ".join(self._random.choices(word_list("letter"), k=self._random.randint(2, 7)))

    def spelled_word(self) -> str:
        """Spell a name, an animal or a colour."""
        return " ".join(self._random.choice(word_list("name") + word_list("animal") + word_list("color")))

    def year(self) -> str:
        """Draw a year, mostly of the last century and this one."""
        first, last = self._random.choice([(1900, 1999), (2000, 2030), (1400, 1899)])
        return year(self._random.randint(first, last))

    def arithmetic(self) -> str:
        """Draw a sum, a difference, a product or a quotient."""
        highest = 20 if self._random.random() < 0.6 else 100
        less, more = sorted((self._random.randint(1, highest), self._random.randint(1, highest)))
        kind = self._random.random()
        if kind < 0.4:
            return f"{cardinal(less)} plus {cardinal(more)}"
        if kind < 0.6:
            return f"{cardinal(more)} minus {cardinal(less)}"
        if kind < 0.85:
            return f"{cardinal(more)} times {cardinal(less)}"
        if kind < 0.95:
            return f"{cardinal(more * less)} divided by {cardinal(less)}"
        return self._rarer_arithmetic(more)

    def _rarer_arithmetic(self, number: int) -> str:
        percent = cardinal(self._random.choice([5, 10, 15, 20, 25, 30, 50, 75]))
        whole = cardinal(self._random.choice([20, 40, 50, 60, 80, 100, 200, 500, 1000]))
        return self._random.choice(
            [
                f"the square root of {cardinal(self._random.randint(1, 20) ** 2)}",
                f"{percent} percent of {whole}",
                f"{cardinal(number)} squared",
                f"half of {cardinal(2 * number)}",
            ]
        )
