"""Recognition as the product does it, in PyTorch: the reference for its engine."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sentencepiece import SentencePieceProcessor

from builtin_recogniser.decoding import greedy_tokens
from builtin_recogniser.export.nemo_model import open_nemo
from builtin_recogniser.features import SILENCE, LogMels, Samples, log_mels
from builtin_recogniser.network.model import Recogniser

_SILENT_CHUNKS = 2
"""Appended by the product, so that the last word comes out."""


@dataclass(frozen=True)
class Recognition:
    """What was heard."""

    ids: list[int]
    text: str


class PyTorchRecogniser:
    """Whole recordings, with the mask that makes it equal to streaming in chunks."""

    def __init__(self, network: Recogniser, tokenizer: SentencePieceProcessor, right_context: int) -> None:
        self._network = network
        self._tokenizer = tokenizer
        self._right_context = right_context

    @classmethod
    def open(cls, archive: Path, right_context: int) -> "PyTorchRecogniser":
        """Load a `.nemo` archive."""
        return cls(*open_nemo(archive), right_context)

    def recognise(self, samples: Samples) -> Recognition:
        """Hear a recording."""
        features = in_whole_chunks(log_mels(samples), self._right_context)
        (ids,) = greedy_tokens(self._network, [features], self._right_context)
        return Recognition(ids, self._tokenizer.decode(ids))


def in_whole_chunks(features: LogMels, right_context: int) -> LogMels:
    """Fill the last chunk with silence and append two chunks more.

    The first chunk has 1 + 8 · `right_context` frames of 10 ms, every other one 8 · (`right_context` + 1).
    """
    first = 1 + 8 * right_context
    chunk = 8 * (right_context + 1)
    begun = -(-max(0, len(features) - first) // chunk)
    missing = first + (begun + _SILENT_CHUNKS) * chunk - len(features)
    return np.pad(features, ((0, missing), (0, 0)), constant_values=SILENCE)
