import re
from random import Random

import pytest

from builtin_recogniser.text.conversation import CATEGORY_WEIGHTS, conversation_sentences
from builtin_recogniser.text.grammar import Grammar
from builtin_recogniser.text.inflection import INFLECTIONS
from builtin_recogniser.text.wide_wording import wide_sentences
from builtin_recogniser.text.word_lists import slot_lists, templates

ALL_TEMPLATES = [
    line for category in (*CATEGORY_WEIGHTS, "inflections", "everyday") for line in templates(category)
]


@pytest.mark.parametrize(
    ("inflection", "word", "inflected"),
    [
        ("a", "umbrella", "an umbrella"),
        ("a", "university", "a university"),
        ("a", "hour", "an hour"),
        ("a", "f", "an f"),
        ("a", "u", "a u"),
        ("plural", "bus stop", "bus stops"),
        ("plural", "child", "children"),
        ("plural", "city", "cities"),
        ("plural", "box", "boxes"),
        ("third-person", "carry", "carries"),
        ("third-person", "go home", "goes home"),
        ("participle", "forget the umbrella", "forgetting the umbrella"),
        ("participle", "bake", "baking"),
        ("participle", "tie", "tying"),
        ("past", "withdraw some cash", "withdrew some cash"),
        ("past", "plan", "planned"),
        ("past", "cry", "cried"),
        ("perfect", "break a leg", "broken a leg"),
    ],
)
def test_inflection(inflection: str, word: str, inflected: str) -> None:
    assert INFLECTIONS[inflection](word) == inflected


def test_slots_are_filled_and_inflected() -> None:
    grammar = Grammar(Random(1), {"fruit": lambda: "apple"})
    assert grammar.expand("{fruit:a}, two {fruit:plural} ?") == "an apple, two apples?"


def test_unknown_slots_are_refused() -> None:
    with pytest.raises(KeyError, match="vegetable"):
        Grammar(Random(1)).expand("{vegetable}")


@pytest.mark.parametrize("seed", range(3))
def test_every_template_and_phrase_expands(seed: int) -> None:
    grammar = Grammar(Random(seed))
    phrases = [line for lines in slot_lists().values() for line in lines]
    for line in ALL_TEMPLATES + phrases:
        assert re.fullmatch(r"[A-Za-z' ,.?-]*", grammar.expand(line)), line


def test_the_seed_decides_the_sentences() -> None:
    assert conversation_sentences(200, 1, set()) == conversation_sentences(200, 1, set())
    assert conversation_sentences(200, 1, set()) != conversation_sentences(200, 2, set())


def test_sentences_are_distinct_and_never_excluded() -> None:
    excluded = {sentence.transcript for sentence in wide_sentences(300, 1, set())}
    others = [sentence.transcript for sentence in wide_sentences(300, 1, excluded)]
    assert len(set(others)) == 300
    assert excluded.isdisjoint(others)
