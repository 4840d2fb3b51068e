"""Moves the formants: another length of the vocal tract, and another relation of throat to mouth.

The smooth envelope of every frame is stretched along frequency while the harmonics stay. The factor differs
between low and high formants, as speakers differ so (Fant, "Non-uniform vowel normalization", 1975).
"""

from dataclasses import dataclass

import numpy as np

from builtin_recogniser.voices.spectrum import BIN_HERTZ, LogGain, Spectrum, log_envelope

_LOW_HERTZ, _HIGH_HERTZ = 700.0, 2800.0
_LARGEST_LOG_GAIN = 2.3
"""20 dB: nothing is lifted out of the noise of an empty band."""


@dataclass(frozen=True)
class VocalTract:
    """Factors on formant frequencies: above 1 a shorter tract, a smaller speaker."""

    low: float
    """For the first formant, up to 700 Hz."""
    high: float
    """From 2.8 kHz; between the two the factor slides with the logarithm of frequency."""


def warp_formants(spectrum: Spectrum, tract: VocalTract, resampled_by: float = 1.0) -> Spectrum:
    """Move the formants of a recording whose formants a resampling has already moved by `resampled_by`."""
    octaves = np.log(np.maximum(BIN_HERTZ, 1) / _LOW_HERTZ) / np.log(_HIGH_HERTZ / _LOW_HERTZ)
    factors = tract.low + (tract.high - tract.low) * np.clip(octaves, 0, 1)
    original = np.interp(BIN_HERTZ, BIN_HERTZ * factors, BIN_HERTZ)
    return spectrum.amplified(_envelope_gain(log_envelope(spectrum), original * resampled_by))


def _envelope_gain(envelope: LogGain, sources_hertz: np.ndarray) -> LogGain:
    """Log gain that puts the envelope's value at each source frequency in place of its own."""
    positions = np.clip(sources_hertz / BIN_HERTZ[1], 0, len(BIN_HERTZ) - 1.001)
    lower = positions.astype(int)
    weights = (positions - lower).astype(np.float32)
    moved = envelope[:, lower] * (1 - weights) + envelope[:, lower + 1] * weights
    gain: LogGain = np.clip(moved - envelope, -_LARGEST_LOG_GAIN, _LARGEST_LOG_GAIN)
    return gain
