"""Microphones and the channels behind them: frequency response, band limits, clipping, levelling, noise."""

from dataclasses import dataclass

import numpy as np
import scipy.fft
from scipy.ndimage import uniform_filter1d

from builtin_recogniser.features import SAMPLE_RATE, Samples


@dataclass(frozen=True)
class Peak:
    """One resonance or dip of the frequency response."""

    hertz: float
    octaves: float
    decibels: float


@dataclass(frozen=True)
class Microphone:
    """A microphone with its channel."""

    peaks: tuple[Peak, ...] = ()
    tilt: float = 0.0
    """Decibels an octave around 1 kHz."""
    high_pass_hertz: float = 20.0
    low_pass_hertz: float = 8000.0
    steepness: int = 4
    """Order of the low-pass: 4 is a small membrane, 20 a telephone's or resampler's filter."""
    drive: float = 0.0
    """Soft clipping: how far the peak reaches into saturation; 0 for none."""
    levelling: float = 0.0
    """Share of the level differences that automatic gain removes."""
    companded: bool = False
    """8-bit μ-law, as on a telephone line (ITU-T G.711)."""
    noise: float = 0.0
    """Amplitude of the floor relative to the peak."""
    noise_colour: float = 0.0
    """Exponent of the floor's spectrum: 0 white, -0.5 pink, -1 brown."""


def record(samples: Samples, microphone: Microphone, generator: np.random.Generator) -> Samples:
    """Pass samples through the microphone and its channel; peak 1."""
    recorded = _filtered(samples, microphone)
    if microphone.levelling > 0:
        recorded = _levelled(recorded, microphone.levelling)
    recorded = recorded / (np.abs(recorded).max() + 1e-9)
    if microphone.drive > 0:
        recorded = np.tanh(recorded * microphone.drive) / np.tanh(microphone.drive)
    if microphone.noise > 0:
        recorded = recorded + microphone.noise * _floor(len(samples), microphone.noise_colour, generator)
    if microphone.companded:
        recorded = _companded(recorded)
    return np.asarray(recorded / (np.abs(recorded).max() + 1e-9), np.float32)


def _filtered(samples: Samples, microphone: Microphone) -> np.ndarray:
    size = scipy.fft.next_fast_len(len(samples), real=True)
    hertz = np.maximum(np.fft.rfftfreq(size, 1 / SAMPLE_RATE), 1)
    decibels = microphone.tilt * np.log2(np.maximum(hertz, 60) / 1000)
    for peak in microphone.peaks:
        decibels += peak.decibels * np.exp(-0.5 * (np.log2(hertz / peak.hertz) / peak.octaves) ** 2)
    gain = 10 ** (decibels / 20) / np.sqrt(1 + (microphone.high_pass_hertz / hertz) ** 4)
    if microphone.low_pass_hertz < SAMPLE_RATE / 2:
        gain /= np.sqrt(1 + (hertz / microphone.low_pass_hertz) ** (2 * microphone.steepness))
    return np.asarray(scipy.fft.irfft(scipy.fft.rfft(samples, size) * gain, size)[: len(samples)])


def _levelled(samples: np.ndarray, share: float) -> np.ndarray:
    power = uniform_filter1d(samples**2, int(0.25 * SAMPLE_RATE))
    level = np.sqrt(np.maximum(power, 0))  # the filter's running sum may round to just below zero
    loudest = level.max() + 1e-9
    return np.asarray(samples * (np.maximum(level, 0.05 * loudest) / loudest) ** -share)


def _floor(count: int, colour: float, generator: np.random.Generator) -> np.ndarray:
    """Coloured noise of standard deviation 1."""
    size = scipy.fft.next_fast_len(count, real=True)
    hertz = np.maximum(np.fft.rfftfreq(size, 1 / SAMPLE_RATE), 40)
    noise = scipy.fft.irfft(scipy.fft.rfft(generator.standard_normal(size)) * hertz**colour, size)[:count]
    return np.asarray(noise / (noise.std() + 1e-9))


def _companded(samples: np.ndarray) -> np.ndarray:
    compressed = np.sign(samples) * np.log1p(255 * np.minimum(np.abs(samples), 1)) / np.log(256)
    steps = np.round(compressed * 127) / 127
    return np.asarray(np.sign(steps) * np.expm1(np.abs(steps) * np.log(256)) / 255)
