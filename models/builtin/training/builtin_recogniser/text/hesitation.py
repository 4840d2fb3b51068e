"""Hesitations of spontaneous speech: filled pauses, repeated words and abandoned starts."""

from random import Random

_FILLERS = ("um,", "um,", "uh,", "uh,", "er,", "hmm,", "well, um,", "you know,")
_ABANDONED_STARTS = (
    "i was,",
    "i mean,",
    "can you,",
    "what if,",
    "it's, uh,",
    "we could,",
    "the thing is,",
    "no, wait,",
    "maybe we,",
    "do you,",
)
_LONGEST_REPETITION = 2
"""Words."""


def _repeat(words: list[str], random: Random) -> list[str]:
    length = random.randint(1, min(_LONGEST_REPETITION, len(words) - 1))
    start = random.randrange(0, len(words) - length)
    repeated = [word.rstrip(".,?!;:") for word in words[start : start + length]]
    repeated[-1] += ","
    return words[:start] + repeated + words[start:]


def _fill(words: list[str], random: Random) -> list[str]:
    place = 0 if random.random() < 0.4 else random.randrange(1, len(words))
    before = words[:place]
    if before:
        before[-1] = before[-1].rstrip(",") + ","
    return [*before, random.choice(_FILLERS), *words[place:]]


def hesitate(text: str, random: Random) -> str:
    """Say a sentence of two words or more with one hesitation."""
    words = text.split()
    kind = random.random()
    if kind < 0.5:
        return " ".join(_fill(words, random))
    if kind < 0.8:
        return " ".join(_repeat(words, random))
    return f"{random.choice(_ABANDONED_STARTS)} {text}"
