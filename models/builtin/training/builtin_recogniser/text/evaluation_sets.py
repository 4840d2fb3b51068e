"""The sentences of the evaluation, which no training file may contain word for word.

| set | sentences | |
|---|---|---|
| `validation` | 400 | held out of a first run of `conversation`; steers training |
| `test` | 300 | likewise; new sentences of trained templates |
| `free` | 60 | written by hand; the words that training lacked were later added |
| `free2` | 30 | written by hand afterwards |
| `blind` | 80 | agents, meetings, everyday talk; by hand, before `natural` was made; never tuned on |
"""

from pathlib import Path

from builtin_recogniser.text.sentences import Sentence, read_sentences
from builtin_recogniser.text.word_lists import TEXT_FOLDER

EVALUATION_SETS = ("validation", "test", "free", "free2", "blind")


def evaluation_path(name: str) -> Path:
    """Tell where the sentences of an evaluation set are."""
    return TEXT_FOLDER / "evaluation" / f"{name}.tsv"


def evaluation_sentences(name: str) -> list[Sentence]:
    """Read an evaluation set."""
    return read_sentences(evaluation_path(name))


def held_out_transcripts() -> set[str]:
    """Collect the transcripts of all evaluation sets."""
    return {sentence.transcript for name in EVALUATION_SETS for sentence in evaluation_sentences(name)}
