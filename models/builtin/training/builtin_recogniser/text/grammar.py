"""Expands templates with slots into sentences."""

import re
from collections.abc import Callable, Mapping
from random import Random

from builtin_recogniser.text.drawn_numbers import DrawnNumbers
from builtin_recogniser.text.inflection import INFLECTIONS
from builtin_recogniser.text.word_lists import slot_lists

_SLOT = re.compile(r"\{([a-z-]+)(?::([a-z-]+))?\}")


class Grammar:
    """Fills `{slot}` with a line of the list of that name; `{slot:inflection}` with that line inflected."""

    def __init__(self, random: Random, extra_slots: Mapping[str, Callable[[], str]] | None = None) -> None:
        self._random = random
        self._lists = slot_lists()
        self._functions = {**DrawnNumbers(random).slots(), **(extra_slots or {})}

    def expand(self, template: str) -> str:
        """Fill the slots of a template from left to right, and those of what fills them."""
        filled = _SLOT.sub(self._fill, template)
        return re.sub(r" (?=[?,.!])", "", " ".join(filled.split()))

    def _fill(self, slot: re.Match[str]) -> str:
        name, inflection = slot.groups()
        words = self._draw(name)
        return INFLECTIONS[inflection](words) if inflection else words

    def _draw(self, name: str) -> str:
        if name in self._functions:
            return self._functions[name]()
        if name not in self._lists:
            raise KeyError(f"no list fills the slot {{{name}}}")
        return self.expand(self._random.choice(self._lists[name]))
