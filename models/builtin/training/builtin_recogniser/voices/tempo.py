"""Uneven speaking rate at constant pitch: waveform-similarity overlap-add (Verhelst and Roelands, 1993)."""

from dataclasses import dataclass

import numpy as np

from builtin_recogniser.features import SAMPLE_RATE, Samples

_FRAME = 480
_HOP = _FRAME // 2
_SEARCH = 120
"""Half of the search range: finds a matching phase for voices down to 67 Hz."""
_FADE = (0.5 - 0.5 * np.cos(2 * np.pi * (np.arange(_FRAME) + 0.5) / _FRAME)).astype(np.float32)


@dataclass(frozen=True)
class Tempo:
    """Speaking rate as a factor, changing along the utterance."""

    rate: float
    unevenness: float
    """Standard deviation of the rate's logarithm between stretches of `stretch` seconds."""
    stretch: float = 0.35
    """Seconds between two independent rates."""


def change_tempo(samples: Samples, tempo: Tempo, generator: np.random.Generator) -> Samples:
    """Stretch and squeeze the utterance piece by piece."""
    padded = np.concatenate(
        [np.zeros(_SEARCH, np.float32), samples, np.zeros(2 * _FRAME + _SEARCH, np.float32)]
    )
    starts = _frame_starts(len(samples), tempo, generator)
    output = np.zeros(len(starts) * _HOP + _FRAME, np.float32)
    follower = padded[_SEARCH : _SEARCH + _FRAME]  # what would follow the frame before without any stretching
    for index, start in enumerate(starts):
        region = padded[start : start + _FRAME + 2 * _SEARCH]
        shift = int(np.argmax(np.correlate(region, follower, "valid")))
        begin = start + shift
        output[index * _HOP : index * _HOP + _FRAME] += padded[begin : begin + _FRAME] * _FADE
        follower = padded[begin + _HOP : begin + _HOP + _FRAME]
    return output[: len(starts) * _HOP]


def _frame_starts(sample_count: int, tempo: Tempo, generator: np.random.Generator) -> list[int]:
    """Where each output frame should begin in the input."""
    frame_count = int(sample_count / _HOP / tempo.rate * 3) + 2
    spacing = max(1, round(tempo.stretch * SAMPLE_RATE / _HOP))
    knots = tempo.unevenness * generator.standard_normal(frame_count // spacing + 2)
    log_rates = np.interp(np.arange(frame_count) / spacing, np.arange(len(knots)), knots)
    positions = np.cumsum(tempo.rate * np.exp(np.clip(log_rates, -0.7, 0.7)) * _HOP)
    return [0, *(int(position) for position in positions[positions < sample_count])]
