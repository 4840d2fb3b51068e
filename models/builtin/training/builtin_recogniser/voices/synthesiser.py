"""What every synthesiser offers, and the conversion of its audio to the recogniser's sample rate."""

from dataclasses import dataclass
from math import gcd
from typing import Protocol

import numpy as np
from scipy.signal import resample_poly

from builtin_recogniser.features import SAMPLE_RATE, Samples


@dataclass(frozen=True)
class Prosody:
    """How a sentence is said; every 1 is the voice's own way."""

    rate: float = 1.0
    """Speaking rate as a factor."""
    pitch: float = 1.0
    """Mean fundamental frequency as a factor."""
    pitch_range: float = 1.0
    """Spread of the fundamental frequency as a factor, where the voice has such a setting."""


class Synthesiser(Protocol):
    """A text-to-speech engine with several voices."""

    name: str

    def speak(self, text: str, voice: str, prosody: Prosody) -> Samples:
        """Say `text`: samples at 16 kHz."""
        ...


def to_recogniser_rate(samples: Samples, rate: int) -> Samples:
    """Resample audio of `rate` Hz to 16 kHz."""
    if rate == SAMPLE_RATE:
        return samples
    divisor = gcd(rate, SAMPLE_RATE)
    resampled = resample_poly(samples, SAMPLE_RATE // divisor, rate // divisor)
    return np.asarray(resampled, np.float32)
