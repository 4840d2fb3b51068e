"""What a mouth does besides speaking: breaths and clicks of the lips around the utterance."""

from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter

from builtin_recogniser.features import SAMPLE_RATE, Samples


@dataclass(frozen=True)
class MouthSounds:
    """Sounds before an utterance; loudness relative to the utterance's peak."""

    breath: float = 0.0
    """Loudness of an intake of breath; 0 for none."""
    click: float = 0.0
    """Loudness of a parting of the lips; 0 for none."""


def add_mouth_sounds(samples: Samples, sounds: MouthSounds, generator: np.random.Generator) -> Samples:
    """Put the sounds and a short gap before the utterance."""
    peak = float(np.abs(samples).max())
    pieces = []
    if sounds.breath > 0:
        pieces += [_breath(generator) * (sounds.breath * peak), _gap(generator)]
    if sounds.click > 0:
        pieces += [_click(generator) * (sounds.click * peak), _gap(generator)]
    return np.concatenate([*pieces, samples]).astype(np.float32)


def _gap(generator: np.random.Generator) -> Samples:
    return np.zeros(int(generator.uniform(0.03, 0.2) * SAMPLE_RATE), np.float32)


def _breath(generator: np.random.Generator) -> Samples:
    """Noise through two broad resonances of the open mouth, swelling and ending; peak 1."""
    count = int(generator.uniform(0.2, 0.5) * SAMPLE_RATE)
    noise = generator.standard_normal(count)
    breath = sum(_resonance(noise, hertz, 400) for hertz in generator.uniform((900, 2200), (1600, 4000)))
    breath = breath * np.sin(np.pi * np.linspace(0, 1, count) ** generator.uniform(0.7, 1.5))
    return np.asarray(breath / np.abs(breath).max(), np.float32)


def _click(generator: np.random.Generator) -> Samples:
    """A damped resonance of a few milliseconds; peak 1."""
    impulse = np.zeros(SAMPLE_RATE // 40)
    impulse[0] = 1
    click = _resonance(impulse, generator.uniform(1200, 3500), generator.uniform(200, 800))
    return np.asarray(click / np.abs(click).max(), np.float32)


def _resonance(signal: np.ndarray, hertz: float, bandwidth_hertz: float) -> np.ndarray:
    radius = np.exp(-np.pi * bandwidth_hertz / SAMPLE_RATE)
    feedback = [1, -2 * radius * np.cos(2 * np.pi * hertz / SAMPLE_RATE), radius**2]
    return np.asarray(lfilter([1 - radius], feedback, signal))
