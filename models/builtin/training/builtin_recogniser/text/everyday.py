"""Everyday sentences of natural wording: errands, households, customer service, meetings, in all tenses."""

from random import Random

from builtin_recogniser.text.grammar import Grammar
from builtin_recogniser.text.sentences import Collection, Sentence
from builtin_recogniser.text.word_lists import templates


def add_everyday_sentences(collection: Collection, count: int, random: Random) -> None:
    """Draw `count` sentences into the collection."""
    grammar = Grammar(random)
    drawn = 0
    while drawn < count:
        text = grammar.expand(random.choice(templates("everyday")))
        drawn += collection.add(Sentence("everyday", text))
