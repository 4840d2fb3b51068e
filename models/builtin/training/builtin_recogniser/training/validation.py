"""Word error rates on evaluation audio while training runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from builtin_recogniser.decoding import greedy_tokens, word_error_rate
from builtin_recogniser.features import LogMels, log_mels
from builtin_recogniser.network.model import Recogniser
from builtin_recogniser.tokens import Tokens
from builtin_recogniser.training.processes import Processes
from builtin_recogniser.wave_file import read_wave

UTTERANCES = 24
"""Of every folder."""


@dataclass(frozen=True)
class Recordings:
    """Some recordings of a voice."""

    name: str
    """Set and voice, as `test/flite-slt`."""
    features: list[LogMels]
    transcripts: list[str]


class Validation:
    """Evaluation audio in memory, this process's share of it."""

    def __init__(self, folder: Path, tokens: Tokens, processes: Processes) -> None:
        """Read `folder/<set>/<voice>/transcripts.tsv` and the first files that each names."""
        self._tokens = tokens
        self._processes = processes
        lists = sorted(folder.glob("*/*/transcripts.tsv"))
        self._recordings = [_read(path) for path in lists[processes.rank :: processes.count]]

    def error_rates(self, model: Recogniser, right_context: int) -> dict[str, float]:
        """Word error rate of every set and voice, in per cent."""
        rates = {}
        for recordings in self._recordings:
            tokens = greedy_tokens(model, recordings.features, right_context)
            texts = [self._tokens.decode(one) for one in tokens]
            rates[recordings.name] = word_error_rate(recordings.transcripts, texts)
        gathered = {name: rate for share in self._processes.gather(rates) for name, rate in share.items()}
        return dict(sorted(gathered.items()))


def _read(transcripts: Path) -> Recordings:
    lines = transcripts.read_text().splitlines()[:UTTERANCES]
    files, texts = zip(*(line.split("\t") for line in lines), strict=True)
    folder = transcripts.parent
    return Recordings(
        f"{folder.parent.name}/{folder.name}",
        [log_mels(read_wave(folder / file)) for file in files],
        list(texts),
    )


def summary(rates: Mapping[str, float]) -> str:
    """Every rate, and the mean of each set."""
    sets: dict[str, list[float]] = {}
    for name, rate in rates.items():
        sets.setdefault(name.split("/")[0], []).append(rate)
    means = " ".join(f"{name} {np.mean(values):.1f}" for name, values in sets.items())
    return f"{means} ({' '.join(f'{name}:{rate:.1f}' for name, rate in rates.items())})"


def mean_rate(rates: Mapping[str, float]) -> float:
    """Mean of the means of the sets."""
    sets: dict[str, list[float]] = {}
    for name, rate in rates.items():
        sets.setdefault(name.split("/")[0], []).append(rate)
    return float(np.mean([np.mean(values) for values in sets.values()]))
