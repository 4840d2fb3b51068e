"""Turns written sentences into spoken ones, and refuses those that cannot be read aloud for certain."""

import re

from builtin_recogniser.text.word_lists import word_list
from builtin_recogniser.text.written_numbers import say_numbers

_WRITTEN_SHORT = {
    "Mr.": "mister",
    "Mrs.": "missus",
    "Ms.": "miss",
    "Dr.": "doctor",
    "Prof.": "professor",
    "Mt.": "mount",
}
_SPELLED = re.compile(r"\b(?:TV|CD|DVD|US|UK|USA|FBI|CIA|USB|PC|IBM|DNA|ATM|AM|PM)\b|\b(?:[A-Za-z]\.){2,}")
"""Abbreviations that are read letter by letter."""
_PLAIN_MARKS = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "`": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": " ",
        "\u2014": ", ",
        "\u2026": ",",
    }
)
"""Typographic quotation marks, dashes and dots."""
_KEPT_HYPHENS = {"mm-hmm", "uh-huh"}
"""Every other hyphen is written as a space: nobody can hear whether "good looking" has one."""

_REFUSED_MARKS = re.compile(r"[^A-Za-z0-9' ,.?!;:$%-]")
_ABBREVIATION = re.compile(
    r"\b[A-Z]\.|\w\.\w|\w\.(?= [a-z])|\b(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\."
    r"|\b(?:St|vs|etc|Jr|Sr|Inc|Ltd|Co|ca|cf|lb|oz|ft|min|approx)\."
)
_CAPITALS = re.compile(r"\b[A-Z]{2,}|\b[a-z]+[A-Z]|\b[A-HJ-Z]'?s\b")
_WORD_WITHOUT_VOWEL = re.compile(r"(?<!')\b(?![a-z]\b|hmm|mm|shh|nth|psst)[b-df-hj-np-tv-xz]+\b(?!')")
_LETTER_TRIPLED = re.compile(r"([a-z])\1\1")


def _refused(text: str) -> bool:
    plain = text.lower()
    words = set(re.findall(r"[a-z']+", plain))
    return bool(
        _REFUSED_MARKS.search(text)
        or re.search(r"[\d$%]", text)
        or _ABBREVIATION.search(text)
        or _CAPITALS.search(text)
        or _WORD_WITHOUT_VOWEL.search(plain)
        or _LETTER_TRIPLED.search(plain)
        or not words.isdisjoint(word_list("refused"))
    )


def clean(written: str) -> str | None:
    """Give a sentence as it is spoken, or None if it has abbreviations, foreign marks or refused words."""
    text = written.translate(_PLAIN_MARKS).replace('"', "").replace("&", " and ")
    for title, word in _WRITTEN_SHORT.items():
        text = text.replace(title, word)
    text = re.sub(r"\s*\([^)]*\)", "", re.sub(r"\bOK\b", "okay", text))
    text = say_numbers(_SPELLED.sub(lambda letters: " ".join(letters[0].replace(".", "")).lower(), text))
    words = [
        word if word.lower().strip(".,?!") in _KEPT_HYPHENS else word.replace("-", " ")
        for word in text.split()
    ]
    text = " ".join(" ".join(words).split()).strip(" ,;:")
    return None if len(text) < 2 or _refused(text) else text
