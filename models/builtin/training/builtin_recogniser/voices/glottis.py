"""The source of the voice: spectral tilt, breath, whisper, and the irregular pulses of a creaky voice."""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

from builtin_recogniser.features import SAMPLE_RATE, Samples
from builtin_recogniser.voices.spectrum import BIN_HERTZ, Spectrum, log_envelope, noise_like

_DECIBELS_TO_LOG = float(np.log(10) / 20)
_TILT_PIVOT_HERTZ = 1000.0


@dataclass(frozen=True)
class Glottis:
    """How the vocal folds sound."""

    tilt: float = 0.0
    """Decibels an octave above 200 Hz; negative is soft, positive is pressed."""
    breath: float = 0.0
    """Amplitude of the breath noise relative to the voice's envelope."""
    breath_from_hertz: float = 2000.0
    """Breath noise begins about here, as the voice's harmonics hide it below."""
    whisper: bool = False
    """No voice at all: noise under the same envelope."""


@dataclass(frozen=True)
class Creak:
    """Pulses of uneven strength."""

    rate_hertz: float
    """About half the fundamental frequency."""
    depth: float
    """Share of the amplitude that comes and goes, up to 1."""


def reshape_source(spectrum: Spectrum, glottis: Glottis, generator: np.random.Generator) -> Spectrum:
    """Tilt the spectrum, then mix in breath or replace the voice by whispering."""
    octaves = np.log2(np.maximum(BIN_HERTZ, 200) / _TILT_PIVOT_HERTZ)
    tilted = spectrum.amplified((octaves * glottis.tilt * _DECIBELS_TO_LOG).astype(np.float32))
    if glottis.whisper:
        # the noise of whispering lies in the mouth: the lowest harmonics lose their strength
        thin = np.clip(np.log2(np.maximum(BIN_HERTZ, 50) / 600), -3, 0) * 6 * _DECIBELS_TO_LOG
        envelope = log_envelope(tilted) + thin.astype(np.float32)
        return Spectrum(noise_like(envelope, generator), spectrum.sample_count)
    if glottis.breath > 0:
        rise = 1 / (1 + (glottis.breath_from_hertz / np.maximum(BIN_HERTZ, 1)) ** 4)
        noise = noise_like(log_envelope(tilted), generator) * (glottis.breath * rise).astype(np.float32)
        return Spectrum(tilted.values + noise, spectrum.sample_count)
    return tilted


def make_creaky(samples: Samples, creak: Creak, generator: np.random.Generator) -> Samples:
    """Modulate the amplitude irregularly, in some stretches of the utterance more than in others."""
    times = np.arange(len(samples)) / SAMPLE_RATE
    drift = gaussian_filter1d(generator.standard_normal(len(samples) // 160 + 2), 10) * 3
    phase = 2 * np.pi * creak.rate_hertz * times + np.interp(times * 100, np.arange(len(drift)), drift)
    presence = np.clip(gaussian_filter1d(generator.standard_normal(len(drift)), 25) * 6, 0, 1)
    depth = creak.depth * np.interp(times * 100, np.arange(len(drift)), presence)
    return np.asarray(samples * (1 - depth * (0.5 + 0.5 * np.cos(phase))), np.float32)
