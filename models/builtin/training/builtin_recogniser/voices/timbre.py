"""Random smooth colouring: the part of a speaker's timbre that neither formants nor source explain."""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

from builtin_recogniser.features import MELS, mel_edges
from builtin_recogniser.voices.spectrum import BIN_HERTZ, Spectrum

_DECIBELS_TO_LOG = float(np.log(10) / 20)
_BAND_WIDTH = 7
"""Standard deviation of the colouring's smoothing, in mel bands."""
_MOVEMENT_FRAMES = 20
"""Standard deviation of the movement's smoothing: 160 ms."""


@dataclass(frozen=True)
class Timbre:
    """Standard deviations of the colouring in decibels."""

    constant: float
    """The same throughout the utterance."""
    moving: float
    """Changes from sound to sound."""


def colour(spectrum: Spectrum, timbre: Timbre, generator: np.random.Generator) -> Spectrum:
    """Apply a random gain, smooth over mel bands and over time."""
    constant = _unit(gaussian_filter1d(generator.standard_normal(MELS), _BAND_WIDTH)) * timbre.constant
    knots = -(-len(spectrum.values) // _MOVEMENT_FRAMES) + 2
    rough = generator.standard_normal((knots, MELS))
    moving = _unit(gaussian_filter1d(rough, _BAND_WIDTH, axis=1)) * timbre.moving
    decibels = constant + moving
    by_bin = np.stack([np.interp(BIN_HERTZ, mel_edges()[1:-1], row) for row in decibels])
    positions = np.arange(len(spectrum.values)) / _MOVEMENT_FRAMES
    lower = positions.astype(int)
    weights = (positions - lower)[:, None]
    by_frame = by_bin[lower] * (1 - weights) + by_bin[lower + 1] * weights
    return spectrum.amplified((by_frame * _DECIBELS_TO_LOG).astype(np.float32))


def _unit(values: np.ndarray) -> np.ndarray:
    scaled: np.ndarray = values / (values.std() + 1e-9)
    return scaled
