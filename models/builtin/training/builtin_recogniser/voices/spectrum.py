"""Short-time spectra of speech, their smooth envelopes, and the way back to samples."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.fft

from builtin_recogniser.features import SAMPLE_RATE, Samples

WINDOW_LENGTH = 512
"""32 ms: two or more pitch periods, so that a frame holds an envelope and harmonics."""
HOP_LENGTH = 128
BIN_HERTZ = np.arange(WINDOW_LENGTH // 2 + 1) * SAMPLE_RATE / WINDOW_LENGTH

_LEAD = WINDOW_LENGTH - HOP_LENGTH
_ENVELOPE_QUEFRENCY = 32
"""Samples (2 ms): below the pitch period of the highest voices, above what the formants need."""
_WINDOW = np.sqrt(0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW_LENGTH) / WINDOW_LENGTH)).astype(np.float32)
_OVERLAP_GAIN = np.float32(WINDOW_LENGTH / HOP_LENGTH / 2)
_POWER_GUARD = np.float32(1e-9)

LogGain = npt.NDArray[np.float32]
"""Natural logarithm of amplitude, [frames, bins] or [bins]."""


@dataclass(frozen=True)
class Spectrum:
    """Short-time Fourier transform of a recording."""

    values: npt.NDArray[np.complex64]
    """[frames, 257]."""
    sample_count: int

    def amplified(self, log_gain: LogGain) -> "Spectrum":
        """Scale every bin by `exp(log_gain)`; phases stay."""
        return Spectrum(self.values * np.exp(log_gain), self.sample_count)


def analyse(samples: Samples) -> Spectrum:
    """Transform samples, with enough silence on both sides that every sample lies in as many frames."""
    frame_count = -(-(_LEAD + len(samples)) // HOP_LENGTH)
    padded = np.zeros((frame_count - 1) * HOP_LENGTH + WINDOW_LENGTH, np.float32)
    padded[_LEAD : _LEAD + len(samples)] = samples
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW_LENGTH)[::HOP_LENGTH]
    return Spectrum(scipy.fft.rfft(frames * _WINDOW, axis=1), len(samples))


def resynthesise(spectrum: Spectrum) -> Samples:
    """Overlap and add: the inverse of `analyse`."""
    frames = scipy.fft.irfft(spectrum.values, axis=1).astype(np.float32) * (_WINDOW / _OVERLAP_GAIN)
    frame_count = len(frames)
    blocks = frames.reshape(frame_count, -1, HOP_LENGTH)
    total = np.zeros((frame_count + blocks.shape[1] - 1, HOP_LENGTH), np.float32)
    for block in range(blocks.shape[1]):
        total[block : block + frame_count] += blocks[:, block]
    return total.reshape(-1)[_LEAD : _LEAD + spectrum.sample_count]


def log_envelope(spectrum: Spectrum) -> LogGain:
    """Log amplitude without its harmonics, by low-pass liftering of the real cepstrum; [frames, 257]."""
    power = spectrum.values.real**2 + spectrum.values.imag**2 + _POWER_GUARD
    cepstrum = scipy.fft.irfft(np.log(power) / 2, axis=1)
    cepstrum[:, _ENVELOPE_QUEFRENCY : WINDOW_LENGTH - _ENVELOPE_QUEFRENCY + 1] = 0
    envelope: LogGain = scipy.fft.rfft(cepstrum, axis=1).real.astype(np.float32)
    return envelope


def noise_like(envelope: LogGain, generator: np.random.Generator) -> npt.NDArray[np.complex64]:
    """Gaussian noise with the given envelope: the spectrum of the same sounds whispered; [frames, 257]."""
    frame_count = len(envelope)
    noise = generator.standard_normal((frame_count + 3) * HOP_LENGTH + WINDOW_LENGTH, np.float32)
    frames = (
        np.lib.stride_tricks.sliding_window_view(noise, WINDOW_LENGTH)[::HOP_LENGTH][:frame_count] * _WINDOW
    )
    expected_amplitude = np.float32(np.sqrt((_WINDOW**2).sum()))
    values: npt.NDArray[np.complex64] = scipy.fft.rfft(frames, axis=1) * (
        np.exp(envelope) / expected_amplitude
    )
    return values
