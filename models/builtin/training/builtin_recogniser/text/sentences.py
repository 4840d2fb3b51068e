"""Sentences with their categories, and the `category<TAB>sentence` files that hold them."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from builtin_recogniser.transcript import transcript

MOST_WORDS = 14
"""No training sentence is longer: about six seconds of speech."""


@dataclass(frozen=True)
class Sentence:
    """One sentence as it is spoken, with punctuation."""

    category: str
    text: str

    @property
    def transcript(self) -> str:
        """What the recogniser is to write."""
        return transcript(self.text)


class Collection:
    """Sentences without repetition: of those with one transcript only the first is kept."""

    def __init__(self, excluded: Iterable[str] = ()) -> None:
        self._taken = set(excluded)
        self.sentences: list[Sentence] = []

    def add(self, sentence: Sentence) -> bool:
        """Take a sentence unless it is empty, too long, excluded or known; tell whether it was taken."""
        words = sentence.transcript
        if not 1 <= len(words.split()) <= MOST_WORDS or words in self._taken:
            return False
        self._taken.add(words)
        self.sentences.append(sentence)
        return True


def read_sentences(path: Path) -> list[Sentence]:
    """Read a file of sentences."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Sentence(*line.split("\t", maxsplit=1)) for line in lines]


def write_sentences(path: Path, sentences: Iterable[Sentence]) -> None:
    """Write a file of sentences so that a reader never sees half of it."""
    unfinished = path.with_suffix(".unfinished")
    lines = [f"{sentence.category}\t{sentence.text}\n" for sentence in sentences]
    unfinished.write_text("".join(lines), encoding="utf-8")
    os.replace(unfinished, path)
