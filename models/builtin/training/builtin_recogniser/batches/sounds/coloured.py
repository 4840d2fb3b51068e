"""Noise of a given spectrum."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from builtin_recogniser.features import SAMPLE_RATE, Samples

Spectrum = Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]
"""Amplitude by frequency in Hz."""


def coloured_noise(generator: np.random.Generator, sample_count: int, spectrum: Spectrum) -> Samples:
    """Gaussian noise of unit power."""
    frequencies = np.fft.rfftfreq(sample_count, 1 / SAMPLE_RATE)
    # Microphones pass little below 30 Hz, and falling spectra have a pole at zero.
    amplitudes = spectrum(np.maximum(frequencies, 30))
    shape = len(frequencies)
    coefficients = (generator.standard_normal(shape) + 1j * generator.standard_normal(shape)) * amplitudes
    noise = np.fft.irfft(coefficients, sample_count)
    samples: Samples = (noise / noise.std()).astype(np.float32)
    return samples


def power_law(exponent: float) -> Spectrum:
    """Power that goes with a power of frequency: 0 is white, -1 pink, -2 brown, 1 blue."""
    return lambda frequencies: frequencies ** (exponent / 2)


def band(generator: np.random.Generator) -> Spectrum:
    """Draw a hump between 150 Hz and 5 kHz over a low floor: a fan, traffic, hiss."""
    centre = np.exp(generator.uniform(5, 8.5))
    octaves = generator.uniform(0.3, 1.2)
    return lambda frequencies: np.exp(-0.5 * (np.log(frequencies / centre) / octaves) ** 2) + 0.05


def draw_spectrum(generator: np.random.Generator) -> Spectrum:
    """Draw white, pink or another spectrum; white and pink often, for they are what noise is tested with."""
    kind = generator.random()
    if kind < 0.28:
        return power_law(0)
    if kind < 0.52:
        return power_law(-1)
    if kind < 0.70:
        return power_law(generator.uniform(-2.2, 1.2))
    return band(generator)
