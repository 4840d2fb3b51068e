"""Speak training sentences with ever new voices and write their features as shards."""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

STOCK_CATEGORIES = frozenset({"back", "follow", "greet", "interrupt"})
"""Greetings, follow-ups and the like: few and short, but said again and again."""
STOCK_SHARE = 0.12
DEFAULT_SHARES = {"broken-off": 0.05, "conversation": 0.35, "inflections": 0.12, "natural": 0.53}
LONGEST_SECONDS = 9


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("texts", nargs="+", type=Path, help="files of category<TAB>sentence")
    parser.add_argument("out", type=Path, help="folder for the shards")
    parser.add_argument(
        "--share", action="append", default=[], metavar="NAME=WEIGHT", help="weight of a text file"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shards", type=int, default=1)
    parser.add_argument("--utterances", type=int, default=2000, help="utterances a shard")


def run(arguments: argparse.Namespace) -> None:
    """Write the shards; the same seed gives the same shards with the same libraries."""
    import numpy as np

    from builtin_recogniser.features import SAMPLE_RATE, log_mels
    from builtin_recogniser.shards import Utterance, write_shard
    from builtin_recogniser.transcript import transcript
    from builtin_recogniser.voices.cast import Cast

    shares = {**DEFAULT_SHARES, **{name: float(weight) for name, weight in _pairs(arguments.share)}}
    generator = np.random.default_rng([arguments.seed, 1])
    sentences = draw_sentences(arguments.texts, shares, generator)
    cast = Cast(arguments.seed)
    arguments.out.mkdir(parents=True, exist_ok=True)
    for shard in range(arguments.shards):
        began = time.monotonic()
        utterances: list[Utterance] = []
        while len(utterances) < arguments.utterances:
            part, sentence = next(sentences)
            take = cast.say(sentence)
            if take is None or len(take.samples) > LONGEST_SECONDS * SAMPLE_RATE:
                continue
            utterances.append(Utterance(log_mels(take.samples), transcript(sentence), take.voice, part))
        write_shard(arguments.out / f"{arguments.seed}-{shard:03d}.npz", utterances)
        seconds = sum(len(utterance.features) for utterance in utterances) / 100
        speed = seconds / (time.monotonic() - began)
        print(f"shard {shard}: {seconds:.0f} s, {speed:.0f} x real time", flush=True)


def draw_sentences(
    texts: list[Path], shares: dict[str, float], generator: "np.random.Generator"
) -> Iterator[tuple[str, str]]:
    """Draw (part, sentence) for ever; all of a part come once before any returns, except stock phrases."""
    parts = [path.stem for path in texts]
    lines = [[line.split("\t", 1) for line in path.read_text().splitlines()] for path in texts]
    stock = [[sentence for category, sentence in part if category in STOCK_CATEGORIES] for part in lines]
    weights = [shares[part] for part in parts]
    queues: list[list[int]] = [[] for _ in parts]
    while True:
        part = int(generator.choice(len(parts), p=[weight / sum(weights) for weight in weights]))
        if stock[part] and generator.random() < STOCK_SHARE:
            yield parts[part], stock[part][generator.integers(len(stock[part]))]
            continue
        if not queues[part]:
            queues[part] = generator.permutation(len(lines[part])).tolist()
        yield parts[part], lines[part][queues[part].pop()][1]


def _pairs(settings: list[str]) -> list[tuple[str, str]]:
    return [(name, weight) for name, _, weight in (setting.partition("=") for setting in settings)]
