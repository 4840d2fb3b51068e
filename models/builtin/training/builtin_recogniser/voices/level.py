"""Trims what synthesisers leave around an utterance, and frames it with silence at a known peak."""

import numpy as np

from builtin_recogniser.features import SAMPLE_RATE, Samples

PEAK = 0.5
_SPEECH_THRESHOLD = 0.003
_MARGIN_BEFORE, _MARGIN_AFTER = SAMPLE_RATE // 50, SAMPLE_RATE // 33


def trim(samples: Samples) -> Samples:
    """Cut near-silence before and after the utterance; empty if there is nothing else."""
    loud = np.nonzero(np.abs(samples) > _SPEECH_THRESHOLD)[0]
    if len(loud) == 0:
        return samples[:0]
    return samples[max(0, loud[0] - _MARGIN_BEFORE) : loud[-1] + _MARGIN_AFTER]


def pad(samples: Samples, before: float, after: float) -> Samples:
    """Put `before` and `after` seconds of digital silence around samples."""
    return np.pad(samples, (round(before * SAMPLE_RATE), round(after * SAMPLE_RATE)))


def normalise(samples: Samples) -> Samples:
    """Scale to the peak of 0.5."""
    return samples * np.float32(PEAK / (np.abs(samples).max() + 1e-9))
