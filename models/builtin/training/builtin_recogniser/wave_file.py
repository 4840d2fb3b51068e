"""WAV files as the recogniser takes them."""

import wave
from pathlib import Path

import numpy as np

from builtin_recogniser.features import SAMPLE_RATE, Samples


def read_wave(path: Path) -> Samples:
    """Read 16-bit mono at 16 kHz; raises ValueError for anything else."""
    with wave.open(str(path)) as file:
        found = (file.getframerate(), file.getnchannels(), 8 * file.getsampwidth())
        if found != (SAMPLE_RATE, 1, 16):
            raise ValueError(f"{path}: {found[0]} Hz, {found[1]} channels, {found[2]} bits")
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
    return samples.astype(np.float32) / np.float32(32768)
