"""Sentences cut before their end, as by a speaker who stops to think: no end-of-turn token belongs there."""

from collections.abc import Sequence
from random import Random

from builtin_recogniser.text.sentences import Collection, Sentence

_FEWEST_WORDS = 4
"""Shorter sentences have no inside to be cut at."""
_SELDOM_BROKEN_OFF = {"spelling", "numbers", "pair", "phrase"}
"""Sentences whose beginnings are as complete as they are."""


def broken_off_sentences(
    sentences: Sequence[Sentence], count: int, seed: int, excluded: set[str]
) -> list[Sentence]:
    """Cut `count` of the sentences after a random inner word; a comma follows half of the cuts.

    No cut is itself one of the sentences, or one of the `excluded` transcripts.
    """
    random = Random(seed)
    whole = {sentence.transcript for sentence in sentences}
    collection = Collection(excluded | whole)
    for sentence in random.sample(sentences, len(sentences)):
        words = sentence.text.split()
        if len(words) < _FEWEST_WORDS or sentence.category in _SELDOM_BROKEN_OFF:
            continue
        begun = " ".join(words[: random.randint(2, len(words) - 1)]).rstrip(".,?!;:")
        collection.add(Sentence("broken-off", begun + random.choice([",", ""])))
        if len(collection.sentences) == count:
            break
    return collection.sentences
