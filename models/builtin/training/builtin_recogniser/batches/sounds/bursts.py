"""Sounds of people that are no words: laughter, coughs, throats cleared, breath."""

import numpy as np
import numpy.typing as npt
import scipy.signal

from builtin_recogniser.features import SAMPLE_RATE, Samples


def draw_burst(generator: np.random.Generator) -> Samples:
    """Draw a sound of 0.1 to 2 s with a peak of 1."""
    kind = generator.random()
    if kind < 0.4:
        samples = _laughter(generator)
    elif kind < 0.7:
        samples = _coughs(generator)
    else:
        samples = _breath(generator)
    samples /= np.abs(samples).max() + 1e-6
    return samples


def _laughter(generator: np.random.Generator) -> Samples:
    """Three to nine voiced puffs, four to six a second, falling in pitch and level."""
    puffs = int(generator.integers(3, 10))
    period = int(SAMPLE_RATE / generator.uniform(3.8, 6.2))
    pitch = generator.uniform(110, 420)
    throat = _resonances(generator)
    result = np.zeros(period * (puffs + 1), np.float32)
    for index in range(puffs):
        length = int(period * generator.uniform(0.5, 0.8))
        glide = np.linspace(1.06, 0.94, length) * pitch * generator.uniform(0.9, 1.1)
        voice = scipy.signal.sawtooth(2 * np.pi * np.cumsum(glide) / SAMPLE_RATE)
        breath = generator.standard_normal(length) * generator.uniform(0.1, 0.8)
        puff = scipy.signal.lfilter(*throat, (voice + breath) * np.hanning(length))
        start = index * period + int(generator.integers(0, period // 8))
        result[start : start + length] += puff / (np.abs(puff).max() + 1e-6)
        pitch *= generator.uniform(0.9, 1.02)
    result *= np.linspace(1, generator.uniform(0.3, 1), len(result))
    return result


def _coughs(generator: np.random.Generator) -> Samples:
    """One to three sharp bursts of noise; rough and voiced ones are throats cleared."""
    pieces: list[npt.NDArray[np.float64]] = []
    roughness = generator.choice([0.0, generator.uniform(0.4, 0.9)])
    for _ in range(generator.integers(1, 4)):
        length = int(SAMPLE_RATE * generator.uniform(0.12, 0.4))
        times = np.arange(length) / SAMPLE_RATE
        flutter = 1 - roughness * (0.5 + 0.5 * np.sin(2 * np.pi * generator.uniform(30, 90) * times))
        decay = np.exp(-times / generator.uniform(0.03, 0.15)) * np.minimum(1, times / 0.005)
        noise = scipy.signal.lfilter(*_resonances(generator), generator.standard_normal(length))
        pieces += [
            noise / np.abs(noise).max() * flutter * decay,
            np.zeros(int(generator.integers(800, 4000))),
        ]
    return np.concatenate(pieces, dtype=np.float32)


def _breath(generator: np.random.Generator) -> Samples:
    """A soft rush of air."""
    length = int(SAMPLE_RATE * generator.uniform(0.15, 0.9))
    noise = scipy.signal.lfilter(*_resonances(generator), generator.standard_normal(length))
    noise = 0.3 * noise / noise.std() + 0.5 * generator.standard_normal(length)
    return np.array(noise * np.hanning(length), np.float32)


def _resonances(generator: np.random.Generator) -> tuple[list[float], list[float]]:
    """Filter coefficients of an open mouth: three formants."""
    denominator = np.ones(1)
    for low, high in ((400, 900), (1000, 1900), (2200, 3400)):
        radius = np.exp(-np.pi * generator.uniform(80, 300) / SAMPLE_RATE)
        angle = 2 * np.pi * generator.uniform(low, high) / SAMPLE_RATE
        denominator = np.convolve(denominator, [1, -2 * radius * np.cos(angle), radius**2])
    return [1.0], list(denominator)
