"""Sentences that people say to a voice agent: requests, questions, numbers, small talk, interruptions."""

from random import Random

from builtin_recogniser.text.grammar import Grammar
from builtin_recogniser.text.sentences import Collection, Sentence
from builtin_recogniser.text.word_lists import templates

CATEGORY_WEIGHTS = {
    "greeting": 5,
    "backchannel": 3,
    "interruption": 4,
    "follow-up": 4,
    "time": 7,
    "weather": 4,
    "facts": 7,
    "numbers": 8,
    "spelling": 4,
    "introduction": 5,
    "request": 9,
    "opinion": 6,
    "feeling": 4,
    "plan": 7,
    "free": 22,
}
"""How often each file of templates is drawn; `free` is a grammar over all the words, partly nonsense."""

_SHORT_CATEGORY_WEIGHTS = {"backchannel": 5, "interruption": 3, "follow-up": 3, "greeting": 3}
"""What is said just before or after another sentence."""
_UNCHANGED = {"free", "numbers", "spelling", "backchannel", "greeting"}
"""Categories that no words are put before or after."""


def _draw(random: Random, grammar: Grammar, weights: dict[str, int]) -> Sentence:
    category = random.choices(list(weights), list(weights.values()))[0]
    return Sentence(category, grammar.expand(random.choice(templates(category))))


def _sentence(random: Random, grammar: Grammar) -> Sentence:
    drawn = _draw(random, grammar, CATEGORY_WEIGHTS)
    takes_more = drawn.category not in _UNCHANGED
    if takes_more and random.random() < 0.06:
        return Sentence(drawn.category, f"{grammar.expand('{before}')} {drawn.text}")
    if takes_more and random.random() < 0.05:
        return Sentence(drawn.category, f"{drawn.text.rstrip('?')} {grammar.expand('{after}')}")
    if random.random() < 0.06:
        short = _draw(random, grammar, _SHORT_CATEGORY_WEIGHTS)
        pair = (short, drawn) if random.random() < 0.7 else (drawn, short)
        return Sentence("pair", ". ".join(sentence.text for sentence in pair))
    return drawn


def conversation_sentences(count: int, seed: int, excluded: set[str]) -> list[Sentence]:
    """Draw `count` distinct sentences; `excluded` are transcripts that must not occur."""
    random = Random(seed)
    grammar = Grammar(random)
    collection = Collection(excluded)
    while len(collection.sentences) < count:
        collection.add(_sentence(random, grammar))
    return collection.sentences
