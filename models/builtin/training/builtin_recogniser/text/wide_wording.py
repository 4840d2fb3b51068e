"""Sentences over a wider vocabulary with inflected verbs and contractions: sound grammar, partly nonsense."""

from random import Random

from builtin_recogniser.text.grammar import Grammar
from builtin_recogniser.text.sentences import Collection, Sentence
from builtin_recogniser.text.word_lists import templates


def wide_sentences(count: int, seed: int, excluded: set[str]) -> list[Sentence]:
    """Draw `count` distinct sentences; `excluded` are transcripts that must not occur."""
    random = Random(seed)
    grammar = Grammar(random)
    collection = Collection(excluded)
    while len(collection.sentences) < count:
        text = grammar.expand(random.choice(templates("inflections")))
        if random.random() < 0.08:
            text = f"{grammar.expand('{before-wide}')} {text}"
        collection.add(Sentence("wide", text))
    return collection.sentences
