"""Tones, beeps, clicks and hum."""

import numpy as np
import numpy.typing as npt

from builtin_recogniser.features import SAMPLE_RATE, Samples

_Times = npt.NDArray[np.float64]


def draw_tones(generator: np.random.Generator, sample_count: int) -> Samples:
    """Draw one of the kinds, with a peak near 1."""
    times = np.arange(sample_count) / SAMPLE_RATE
    kinds = (_tone, _chord, _beeps, _clicks, _chirps, _hum)
    samples: Samples = kinds[generator.integers(len(kinds))](generator, times).astype(np.float32)
    return samples


def _tone(generator: np.random.Generator, times: _Times) -> _Times:
    tone: _Times = np.sin(2 * np.pi * generator.uniform(80, 4000) * times)
    return tone


def _chord(generator: np.random.Generator, times: _Times) -> _Times:
    """Tones with a tremolo."""
    frequencies = generator.uniform(100, 2000, generator.integers(2, 5))
    tremolo = 1 + 0.8 * np.sin(2 * np.pi * generator.uniform(1, 8) * times)
    chord: _Times = np.sin(2 * np.pi * frequencies[:, None] * times).mean(0) * tremolo
    return chord


def _beeps(generator: np.random.Generator, times: _Times) -> _Times:
    period = generator.uniform(0.2, 1.5)
    on = times % period < period * generator.uniform(0.1, 0.6)
    frequencies = generator.uniform(200, 3000, generator.integers(1, 3))
    beeps: _Times = on * np.sin(2 * np.pi * frequencies[:, None] * times).mean(0)
    return beeps


def _clicks(generator: np.random.Generator, times: _Times) -> _Times:
    """Regular or not: a keyboard, a clock."""
    result = np.zeros(len(times))
    period = int(generator.integers(1_600, 16_000))
    starts = np.arange(0, len(times), period)
    starts += generator.integers(0, max(1, int(period * generator.uniform(0, 0.9))), len(starts))
    width = int(generator.integers(1, 60))
    decay = np.exp(-np.arange(width) / generator.uniform(1, 20))
    for start in starts[starts < len(times) - width]:
        result[start : start + width] = generator.standard_normal(width) * decay
    return result


def _chirps(generator: np.random.Generator, times: _Times) -> _Times:
    """A sweep, once or again and again: a siren, a bird."""
    period = generator.uniform(0.2, 6)
    phase = times % period
    slope = generator.uniform(-100, 400) / period
    chirps: _Times = np.sin(2 * np.pi * (generator.uniform(150, 2500) * phase + slope * phase**2))
    return chirps


def _hum(generator: np.random.Generator, times: _Times) -> _Times:
    """Mains hum and a motor: a low tone with many harmonics."""
    fundamental = generator.choice([50, 60, 100, 120, generator.uniform(30, 200)])
    harmonics = np.arange(1, generator.integers(4, 20))
    phases = generator.uniform(0, 2 * np.pi, len(harmonics))
    waves = np.sin(2 * np.pi * fundamental * harmonics[:, None] * times + phases[:, None])
    hum: _Times = (waves * harmonics[:, None] ** -generator.uniform(0.3, 1.5)).sum(0) / 2
    return hum
