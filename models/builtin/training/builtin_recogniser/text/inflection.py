"""English inflections of nouns and verbs: regular spelling rules and lists of the exceptions."""

from collections.abc import Callable, Mapping
from functools import cache, wraps

from builtin_recogniser.text.word_lists import word_list

_VOWELS = "aeiou"
_LETTERS_SPOKEN_WITH_A_VOWEL = "aefhilmnorsx"
_ODD_PARTICIPLES = {"lie": "lying", "die": "dying", "tie": "tying", "be": "being"}


@cache
def _irregular_plurals() -> dict[str, str]:
    return {
        singular: plural for singular, plural in (line.split() for line in word_list("irregular-plurals"))
    }


@cache
def _irregular_verbs() -> dict[str, tuple[str, str]]:
    forms = (line.split() for line in word_list("irregular-verbs"))
    return {base: (past, perfect) for base, past, perfect in forms}


@cache
def _doubling_verbs() -> frozenset[str]:
    return frozenset(word_list("doubling-verbs"))


def _ends_in_consonant_and_y(word: str) -> bool:
    return len(word) > 1 and word.endswith("y") and word[-2] not in _VOWELS


def indefinite(words: str) -> str:
    """Put "a" or "an" before words, or before a single letter as it is spelled."""
    if len(words) == 1:
        vowel = words in _LETTERS_SPOKEN_WITH_A_VOWEL
    else:
        vowel = words[0] in _VOWELS and not words.startswith(("uni", "use", "usual", "one", "eu"))
        vowel = vowel or words.startswith(("hour", "honest", "heir", "honor"))
    return f"{'an' if vowel else 'a'} {words}"


def plural(noun: str) -> str:
    """Inflect a noun, or the last word of several: "bus stop" becomes "bus stops"."""
    *before, last = noun.split(" ")
    if last in _irregular_plurals():
        last = _irregular_plurals()[last]
    elif _ends_in_consonant_and_y(last):
        last = last[:-1] + "ies"
    elif last.endswith(("s", "x", "ch", "sh")):
        last += "es"
    else:
        last += "s"
    return " ".join([*before, last])


def _of_first_word(inflect: Callable[[str], str]) -> Callable[[str], str]:
    @wraps(inflect)
    def inflect_phrase(phrase: str) -> str:
        verb, *rest = phrase.split(" ")
        return " ".join([inflect(verb), *rest])

    return inflect_phrase


@_of_first_word
def third_person(verb: str) -> str:
    """Inflect the verb that begins a phrase as in "she goes home"."""
    if verb == "have":
        return "has"
    if _ends_in_consonant_and_y(verb):
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "ch", "sh", "o", "z")) else "s")


@_of_first_word
def participle(verb: str) -> str:
    """Inflect as in "she is going"."""
    if verb in _ODD_PARTICIPLES:
        return _ODD_PARTICIPLES[verb]
    if verb in _doubling_verbs():
        return verb + verb[-1] + "ing"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return verb + "ing"


def _regular_past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if _ends_in_consonant_and_y(verb):
        return verb[:-1] + "ied"
    return verb + (verb[-1] if verb in _doubling_verbs() else "") + "ed"


@_of_first_word
def past(verb: str) -> str:
    """Inflect as in "she went"."""
    irregular = _irregular_verbs().get(verb)
    return irregular[0] if irregular else _regular_past(verb)


@_of_first_word
def perfect(verb: str) -> str:
    """Inflect as in "she has gone"."""
    irregular = _irregular_verbs().get(verb)
    return irregular[1] if irregular else _regular_past(verb)


INFLECTIONS: Mapping[str, Callable[[str], str]] = {
    "a": indefinite,
    "plural": plural,
    "third-person": third_person,
    "participle": participle,
    "past": past,
    "perfect": perfect,
}
"""What may follow the colon in a slot."""
