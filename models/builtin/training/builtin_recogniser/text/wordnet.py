"""Reads the example sentences and word frequencies of WordNet 3.0 (Princeton; Debian package `wordnet-base`).

File formats: `man 5 wndb` and `man 5 senseidx`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

DEFAULT_FOLDER = Path("/usr/share/wordnet")
PARTS_OF_SPEECH = {"1": "noun", "2": "verb", "3": "adjective", "4": "adverb", "5": "adjective"}
"""The digit after `%` in a sense key; 5 are satellite adjectives."""

_FILES = ("data.noun", "data.verb", "data.adj", "data.adv")
_EXAMPLE = re.compile(r'"([^"]+)"\s*(-\s*\S)?')
"""A quoted example; a dash after it names the author of a literary quotation."""


def check_wordnet(folder: Path) -> None:
    """Stop with a clear message where WordNet is not installed."""
    missing = [name for name in (*_FILES, "cntlist.rev") if not (folder / name).exists()]
    if missing:
        raise SystemExit(
            f"WordNet's {missing[0]} is not in {folder}: install the Debian package wordnet-base"
        )


def example_sentences(folder: Path = DEFAULT_FOLDER) -> Iterator[str]:
    """Yield the examples of all glosses as they are written, without literary quotations."""
    for name in _FILES:
        for line in (folder / name).read_text(encoding="latin-1").splitlines():
            _, _, gloss = line.partition(" | ")
            for example in _EXAMPLE.finditer(gloss):
                if not example[2]:
                    yield example[1]


def word_frequencies(folder: Path = DEFAULT_FOLDER) -> dict[str, Counter[str]]:
    """Count each lemma of letters only in WordNet's tagged corpus, by part of speech."""
    frequencies: dict[str, Counter[str]] = {part: Counter() for part in PARTS_OF_SPEECH.values()}
    for line in (folder / "cntlist.rev").read_text(encoding="latin-1").splitlines():
        sense_key, _, count = line.split()
        lemma, _, rest = sense_key.partition("%")
        if lemma.isalpha() and lemma.isascii() and len(lemma) > 1:
            frequencies[PARTS_OF_SPEECH[rest[0]]][lemma] += int(count)
    return frequencies
