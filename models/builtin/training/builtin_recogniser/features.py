"""Log-mels as NeMo's `AudioToMelSpectrogramPreprocessor` makes them: 80, `normalize: NA`, no dither."""

import numpy as np
import numpy.typing as npt
import scipy.fft

SAMPLE_RATE = 16_000
HOP = 160
"""Samples from one frame to the next: 10 ms."""
MELS = 80
LOG_GUARD = np.float32(2.0**-24)
SILENCE = float(np.log(LOG_GUARD))
"""What every mel of digital silence reads."""

_TRANSFORM = 512
_WINDOW_LENGTH = 400
_PREEMPHASIS = np.float32(0.97)

Samples = npt.NDArray[np.float32]
"""Mono audio at 16 kHz in [-1, 1]."""
LogMels = npt.NDArray[np.float32]
"""[frames, 80]."""


def mel_to_hertz(mel: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Invert Slaney's mel scale: linear below 1 kHz, logarithmic above (librosa, `htk=False`)."""
    mel = np.asarray(mel, np.float64)
    return np.where(mel < 15, 200 * mel / 3, 1000 * np.exp(np.log(6.4) * (mel - 15) / 27))


def mel_edges() -> npt.NDArray[np.float64]:
    """Frequencies in Hz at which the 80 triangles begin, peak and end: 82 values from 0 to 8 kHz."""
    highest = 15 + 27 * np.log(8) / np.log(6.4)
    return mel_to_hertz(np.linspace(0, highest, MELS + 2))


def _filterbank() -> npt.NDArray[np.float32]:
    edges = mel_edges()
    bins = np.arange(_TRANSFORM // 2 + 1) * SAMPLE_RATE / _TRANSFORM
    low, centre, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    triangles = np.minimum((bins - low) / (centre - low), (high - bins) / (high - centre))
    return (np.maximum(0, triangles) * 2 / (high - low)).astype(np.float32)


def _window() -> npt.NDArray[np.float32]:
    window = np.zeros(_TRANSFORM, np.float32)
    start = (_TRANSFORM - _WINDOW_LENGTH) // 2
    phase = 2 * np.pi * np.arange(_WINDOW_LENGTH) / (_WINDOW_LENGTH - 1)
    window[start : start + _WINDOW_LENGTH] = 0.5 - 0.5 * np.cos(phase)
    return window


FILTERBANK = _filterbank()
"""[80, 257], Slaney-normalised."""
WINDOW = _window()
"""A symmetric Hann window of 25 ms in the middle of 512 samples."""


def log_mels(samples: Samples) -> LogMels:
    """Features of a whole recording: ⌊samples / 160⌋ frames."""
    samples = np.asarray(samples, np.float32)
    frame_count = len(samples) // HOP
    half = _TRANSFORM // 2
    emphasised = np.zeros(len(samples) + _TRANSFORM, np.float32)
    emphasised[half] = samples[0]
    emphasised[half + 1 : half + len(samples)] = samples[1:] - _PREEMPHASIS * samples[:-1]
    frames = np.lib.stride_tricks.sliding_window_view(emphasised, _TRANSFORM)[::HOP][:frame_count] * WINDOW
    spectrum = scipy.fft.rfft(frames, axis=1)
    power = spectrum.real**2 + spectrum.imag**2
    features: LogMels = np.log(power @ FILTERBANK.T + LOG_GUARD)
    return features
