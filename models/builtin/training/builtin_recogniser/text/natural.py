"""Natural sentences: WordNet's examples, conversations, everyday wording and words, some with hesitations."""

from dataclasses import dataclass
from pathlib import Path
from random import Random

from builtin_recogniser.text.chatterbot import conversation_lines
from builtin_recogniser.text.cleaning import clean
from builtin_recogniser.text.everyday import add_everyday_sentences
from builtin_recogniser.text.hesitation import hesitate
from builtin_recogniser.text.sentences import Collection, Sentence
from builtin_recogniser.text.vocabulary import add_phrases, add_words
from builtin_recogniser.text.wordnet import DEFAULT_FOLDER, check_wordnet, example_sentences, word_frequencies


@dataclass(frozen=True)
class NaturalSettings:
    """How many sentences to draw; WordNet (46,000) and the conversations (1,600) give all they have."""

    everyday: int = 24_000
    words: int = 5_000
    phrases: int = 5_000
    hesitating: float = 0.16
    """The share of everyday sentences and conversations that are said with one: 5 % of all sentences."""
    wordnet_folder: Path = DEFAULT_FOLDER


_SPONTANEOUS = {"everyday", "chat"}


def _with_hesitations(sentence: Sentence, share: float, random: Random) -> Sentence:
    spontaneous = sentence.category in _SPONTANEOUS and len(sentence.text.split()) >= 3
    if not spontaneous or random.random() >= share:
        return sentence
    return Sentence("hesitation", hesitate(sentence.text, random))


def natural_sentences(settings: NaturalSettings, seed: int, excluded: set[str]) -> list[Sentence]:
    """Collect distinct sentences in random order; `excluded` are transcripts that must not occur."""
    check_wordnet(settings.wordnet_folder)
    random = Random(seed)
    plain = Collection(excluded)
    for category, lines in (
        ("example", example_sentences(settings.wordnet_folder)),
        ("chat", conversation_lines()),
    ):
        for line in lines:
            text = clean(line)
            if text:
                plain.add(Sentence(category, text))
    add_everyday_sentences(plain, settings.everyday, random)
    frequencies = word_frequencies(settings.wordnet_folder)
    add_words(plain, frequencies, settings.words)
    add_phrases(plain, frequencies, settings.phrases, random)
    spoken = Collection(excluded)
    for sentence in plain.sentences:
        spoken.add(_with_hesitations(sentence, settings.hesitating, random))
    random.shuffle(spoken.sentences)
    return spoken.sentences
