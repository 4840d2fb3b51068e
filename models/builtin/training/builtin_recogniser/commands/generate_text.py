"""Write the sentences that are trained and those that are only evaluated.

Into OUT: conversation.tsv, inflections.tsv and natural.tsv are trained; broken-off.tsv judges an end-of-turn
token; validation.tsv, test.tsv, free.tsv, free2.tsv and blind.tsv are held out.
Each line is `category<TAB>sentence`. Needs the Debian package wordnet-base and chatterbot-corpus of PyPI.
"""

import argparse
import shutil
from pathlib import Path

from builtin_recogniser.text.broken_off import broken_off_sentences
from builtin_recogniser.text.conversation import conversation_sentences
from builtin_recogniser.text.evaluation_sets import EVALUATION_SETS, evaluation_path, held_out_transcripts
from builtin_recogniser.text.natural import NaturalSettings, natural_sentences
from builtin_recogniser.text.sentences import Sentence, write_sentences
from builtin_recogniser.text.wide_wording import wide_sentences

_CONVERSATION = 52_000
_INFLECTIONS = 45_000
_BROKEN_OFF = 4_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `generate-text`."""
    parser.add_argument("out", type=Path, help="folder for the files")
    parser.add_argument("--seed", type=int, default=1)


def _report(name: str, sentences: list[Sentence]) -> None:
    words = [word for sentence in sentences for word in sentence.transcript.split()]
    mean = len(words) / len(sentences)
    print(
        f"{name}: {len(sentences)} sentences, {len(set(words))} distinct words, {mean:.1f} words a sentence"
    )


def run(arguments: argparse.Namespace) -> None:
    """Write all files; the same seed gives the same files."""
    seed: int = arguments.seed
    out: Path = arguments.out
    held_out = held_out_transcripts()
    parts = {
        "conversation": conversation_sentences(_CONVERSATION, seed, held_out),
        "inflections": wide_sentences(_INFLECTIONS, seed + 1, held_out),
        "natural": natural_sentences(NaturalSettings(), seed + 2, held_out),
    }
    whole = parts["conversation"] + parts["natural"]
    parts["broken-off"] = broken_off_sentences(whole, _BROKEN_OFF, seed + 3, held_out)
    out.mkdir(parents=True, exist_ok=True)
    for name, sentences in parts.items():
        write_sentences(out / f"{name}.tsv", sentences)
        _report(name, sentences)
    for name in EVALUATION_SETS:
        shutil.copy(evaluation_path(name), out)
