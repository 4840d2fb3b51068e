"""Shards: synthesised utterances as log-mels with their texts; `synthesise` writes them, `train` reads."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from builtin_recogniser.features import LogMels


@dataclass(frozen=True)
class Utterance:
    """One synthesised sentence."""

    features: LogMels
    text: str
    """The transcript: lower case, no punctuation."""
    voice: str
    """Synthesiser and voice, as `flite/slt`."""
    part: str
    """The part of the text it comes from: a file's stem, as `conversation` or `natural`."""


@dataclass(frozen=True)
class Shard:
    """The utterances of one file, features end to end."""

    features: npt.NDArray[np.float16]
    """[frames of all utterances, 80]."""
    lengths: npt.NDArray[np.int32]
    """Frames of each utterance."""
    texts: list[str]
    voices: list[str]
    parts: list[str]


def write_shard(path: Path, utterances: Sequence[Utterance]) -> None:
    """Write a shard so that a reader never sees half of it."""
    unfinished = path.with_suffix(".unfinished.npz")
    np.savez(
        unfinished,
        features=np.concatenate([utterance.features.astype(np.float16) for utterance in utterances]),
        lengths=np.array([len(utterance.features) for utterance in utterances], np.int32),
        texts=np.array([utterance.text for utterance in utterances]),
        voices=np.array([utterance.voice for utterance in utterances]),
        parts=np.array([utterance.part for utterance in utterances]),
    )
    os.replace(unfinished, path)


def read_shard(path: Path) -> Shard:
    """Read what `write_shard` wrote."""
    with np.load(path) as stored:
        return Shard(
            features=stored["features"],
            lengths=stored["lengths"],
            texts=[str(text) for text in stored["texts"]],
            voices=[str(voice) for voice in stored["voices"]],
            parts=[str(part) for part in stored["parts"]],
        )
