"""Single common words and short phrases of them, so that no frequent word is known from one sentence only."""

from collections import Counter
from collections.abc import Callable
from random import Random

from builtin_recogniser.text.cleaning import clean
from builtin_recogniser.text.grammar import Grammar
from builtin_recogniser.text.sentences import Collection, Sentence
from builtin_recogniser.text.word_lists import templates


def _drawer(counts: Counter[str], random: Random) -> Callable[[], str]:
    """Draw words as often as the root of their frequency, so that rarer ones are heard as well."""
    words = list(counts)
    weights = [count**0.5 for count in counts.values()]
    return lambda: random.choices(words, weights)[0]


def add_words(collection: Collection, frequencies: dict[str, Counter[str]], count: int) -> None:
    """Add the `count` most frequent words one by one."""
    total: Counter[str] = sum(frequencies.values(), Counter())
    for word, _ in total.most_common(count):
        if clean(word):
            collection.add(Sentence("word", word))


def add_phrases(
    collection: Collection, frequencies: dict[str, Counter[str]], count: int, random: Random
) -> None:
    """Draw `count` phrases of frequent words; `frequencies` are by part of speech."""
    drawers = {f"frequent-{part}": _drawer(counts, random) for part, counts in frequencies.items()}
    grammar = Grammar(random, drawers)
    added = 0
    while added < count:
        text = clean(grammar.expand(random.choice(templates("phrase"))))
        if text:
            added += collection.add(Sentence("phrase", text))
