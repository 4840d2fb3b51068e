"""Greedy transducer decoding of whole utterances, and word error rates."""

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor

from builtin_recogniser.batches.loader import padded_length
from builtin_recogniser.features import MELS, SILENCE, LogMels
from builtin_recogniser.network.model import Recogniser

_BATCH = 48
_TOKENS_A_FRAME = 6
"""At most: a bound against endless loops, never met by a trained network."""


@torch.no_grad()
def greedy_tokens(model: Recogniser, utterances: Sequence[LogMels], right_context: int) -> list[list[int]]:
    """Tokens of utterances, in chunks of `right_context + 1` encoder frames as in streaming."""
    tokens: list[list[int]] = [[] for _ in utterances]
    for indices in _batches(utterances):
        features = torch.from_numpy(_padded([utterances[index] for index in indices]))
        frames = model.joint.enc(model.encoder(features, right_context))
        for index, decoded in zip(indices, _decode(model, frames), strict=True):
            tokens[index] = decoded
    return tokens


def _batches(utterances: Sequence[LogMels]) -> Iterator[list[int]]:
    """Indices of utterances of similar length."""
    order = sorted(range(len(utterances)), key=lambda index: len(utterances[index]))
    for start in range(0, len(order), _BATCH):
        yield order[start : start + _BATCH]


def _padded(utterances: Sequence[LogMels]) -> LogMels:
    length = max(padded_length(len(utterance)) for utterance in utterances)
    features = np.full((len(utterances), length, MELS), SILENCE, np.float32)
    for row, utterance in enumerate(utterances):
        features[row, : len(utterance)] = utterance
    return features


def _decode(model: Recogniser, frames: Tensor) -> list[list[int]]:
    """Tokens of projected encoder frames [batch, frames, joint width]."""
    blank = model.settings.blank
    batch, length, _ = frames.shape
    output, (hidden, cell) = model.decoder(torch.full((batch, 1), blank))
    prediction = model.joint.pred(output[:, 0])
    tokens: list[list[int]] = [[] for _ in range(batch)]
    for frame in range(length):
        for _ in range(_TOKENS_A_FRAME):
            best = model.joint(frames[:, frame], prediction).argmax(-1)
            writing = (best != blank).nonzero()[:, 0]
            if len(writing) == 0:
                break
            for row in writing.tolist():
                tokens[row].append(int(best[row]))
            # Only what is written moves the prediction network on.
            output, state = model.decoder(
                best[writing, None], (hidden[:, writing].contiguous(), cell[:, writing].contiguous())
            )
            hidden[:, writing], cell[:, writing] = state
            prediction[writing] = model.joint.pred(output[:, 0])
    return tokens


def edit_distance(reference: Sequence[str], hypothesis: Sequence[str]) -> int:
    """Fewest insertions, deletions and substitutions from one to the other (Levenshtein)."""
    distances = list(range(len(hypothesis) + 1))
    for row, expected in enumerate(reference, 1):
        diagonal, distances[0] = distances[0], row
        for column, found in enumerate(hypothesis, 1):
            substituted = diagonal + (expected != found)
            diagonal = distances[column]
            distances[column] = min(diagonal + 1, distances[column - 1] + 1, substituted)
    return distances[-1]


def word_error_rate(references: Sequence[str], hypotheses: Sequence[str]) -> float:
    """Per cent of the reference's words."""
    pairs = zip(references, hypotheses, strict=True)
    errors = sum(edit_distance(reference.split(), hypothesis.split()) for reference, hypothesis in pairs)
    return 100 * errors / max(1, sum(len(reference.split()) for reference in references))
