from pathlib import Path
from random import Random

import pytest

from builtin_recogniser.text.broken_off import broken_off_sentences
from builtin_recogniser.text.evaluation_sets import (
    EVALUATION_SETS,
    evaluation_sentences,
    held_out_transcripts,
)
from builtin_recogniser.text.hesitation import hesitate
from builtin_recogniser.text.natural import NaturalSettings, natural_sentences
from builtin_recogniser.text.sentences import MOST_WORDS, Sentence, read_sentences, write_sentences
from builtin_recogniser.text.wordnet import example_sentences, word_frequencies

GLOSS = (
    "00001740 02 r 01 basically 0 000 | in essence; "
    '"He is basically dishonest"; "a shy person"; "to be or not to be"- Shakespeare  \n'
)
COUNTS = (
    "dog%1:05:00:: 1 42\nrun%2:38:00:: 1 20\nsmall%3:00:00:: 1 9\nsoon%4:02:00:: 1 8\nhot_dog%1:13:00:: 1 3\n"
)


@pytest.fixture
def wordnet(tmp_path: Path) -> Path:
    for name in ("data.noun", "data.verb", "data.adj"):
        (tmp_path / name).write_text("")
    (tmp_path / "data.adv").write_text(GLOSS)
    (tmp_path / "cntlist.rev").write_text(COUNTS)
    return tmp_path


def test_wordnet_examples_without_literary_quotations(wordnet: Path) -> None:
    assert list(example_sentences(wordnet)) == ["He is basically dishonest", "a shy person"]


def test_wordnet_frequencies_of_single_words(wordnet: Path) -> None:
    frequencies = word_frequencies(wordnet)
    assert frequencies["noun"] == {"dog": 42}
    assert frequencies["verb"] == {"run": 20}


def test_missing_wordnet_names_the_package(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="wordnet-base"):
        natural_sentences(NaturalSettings(wordnet_folder=tmp_path), 1, set())


def test_natural_sentences(wordnet: Path) -> None:
    pytest.importorskip("chatterbot_corpus")
    settings = NaturalSettings(everyday=400, words=3, phrases=5, wordnet_folder=wordnet)
    sentences = natural_sentences(settings, 1, {"he is basically dishonest"})
    transcripts = [sentence.transcript for sentence in sentences]
    assert "a shy person" in transcripts
    assert "he is basically dishonest" not in transcripts
    assert len(set(transcripts)) == len(transcripts)
    assert max(len(transcript.split()) for transcript in transcripts) <= MOST_WORDS
    categories = {sentence.category for sentence in sentences}
    assert categories == {"example", "chat", "everyday", "word", "phrase", "hesitation"}


def test_hesitations_add_words_and_drop_none() -> None:
    for seed in range(50):
        said = Sentence("x", hesitate("let's start with the budget", Random(seed))).transcript.split()
        assert len(said) > 5
        remaining = iter(said)
        assert all(word in remaining for word in ["let's", "start", "with", "the", "budget"])


def test_broken_off_sentences_are_beginnings() -> None:
    whole = [Sentence("plan", "i want to go home now."), Sentence("plan", "i want to go")]
    for seed in range(20):
        for begun in broken_off_sentences(whole, 2, seed, {"i want"}):
            assert whole[0].transcript.startswith(begun.transcript)
            assert begun.transcript not in {"i want", "i want to go", "i want to go home now"}


def test_evaluation_sets_are_complete_and_disjoint() -> None:
    counts = {name: len(evaluation_sentences(name)) for name in EVALUATION_SETS}
    assert counts == {"validation": 400, "test": 300, "free": 60, "free2": 30, "blind": 80}
    assert len(held_out_transcripts()) == sum(counts.values())


def test_files_of_sentences_keep_what_is_written(tmp_path: Path) -> None:
    sentences = [Sentence("time", "what time is it?"), Sentence("greeting", "hello")]
    write_sentences(tmp_path / "part.tsv", sentences)
    assert read_sentences(tmp_path / "part.tsv") == sentences
    assert list(tmp_path.iterdir()) == [tmp_path / "part.tsv"]
