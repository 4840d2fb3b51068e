"""Raises or lowers a voice by resampling, with drift, vibrato and jitter; formants and tempo move along."""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d, map_coordinates

from builtin_recogniser.features import SAMPLE_RATE, Samples
from builtin_recogniser.voices.spectrum import BIN_HERTZ, analyse, resynthesise

_KNOT = 80
"""Samples between two values of the pitch curve: 5 ms."""


@dataclass(frozen=True)
class Pitch:
    """A factor and its movement; the movements are standard deviations of the factor."""

    factor: float
    drift: float = 0.0
    """Over a syllable and longer (0.2 s)."""
    jitter: float = 0.0
    """From one pulse to the next."""
    vibrato: float = 0.0
    """At 5.5 Hz."""


def change_pitch(samples: Samples, pitch: Pitch, generator: np.random.Generator) -> Samples:
    """Read the samples at a varying speed around `pitch.factor`: output is shorter by that factor."""
    knot_count = int(len(samples) / pitch.factor / _KNOT * 1.1) + 4
    drift = gaussian_filter1d(generator.standard_normal(knot_count), 40)
    drift *= pitch.drift / (drift.std() + 1e-9)
    jitter = pitch.jitter * generator.standard_normal(knot_count)
    angles = 2 * np.pi * 5.5 * np.arange(knot_count) * _KNOT / SAMPLE_RATE
    vibrato = np.sqrt(2) * pitch.vibrato * np.sin(angles + generator.uniform(0, 6.28))
    speed = pitch.factor * np.clip(1 + drift + jitter + vibrato, 0.8, 1.25)
    at_knots = np.concatenate([[0], np.cumsum(speed)]) * _KNOT
    positions = np.interp(np.arange(knot_count * _KNOT), np.arange(knot_count + 1) * _KNOT, at_knots)
    positions = positions[positions < len(samples) - 1]
    source = _without_aliases(samples, pitch.factor) if pitch.factor > 1.03 else samples
    return np.asarray(map_coordinates(source, positions[None], order=3, prefilter=True), np.float32)


def _without_aliases(samples: Samples, factor: float) -> Samples:
    """Remove what would lie above 8 kHz after reading faster by `factor`."""
    cutoff = BIN_HERTZ[-1] / factor
    log_gain = np.clip((cutoff - BIN_HERTZ) / 150, -9, 0).astype(np.float32)
    return resynthesise(analyse(samples).amplified(log_gain))
