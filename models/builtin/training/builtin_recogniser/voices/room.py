"""Rooms: synthetic impulse responses of direct sound, early reflections, and a tail that grows dull."""

from dataclasses import dataclass

import numpy as np
from scipy.signal import fftconvolve, lfilter

from builtin_recogniser.features import SAMPLE_RATE, Samples

_REFLECTIONS = 10


@dataclass(frozen=True)
class Room:
    """A room and the talker's place in it."""

    reverberation: float
    """Seconds in which the sound decays by 60 dB, at low frequencies (RT60)."""
    direct_to_reverberant: float
    """Decibels."""
    treble_decay: float = 0.6
    """Reverberation time of the treble as a share of `reverberation`."""


def reverberate(samples: Samples, room: Room, generator: np.random.Generator) -> Samples:
    """Convolve with the room's response; the output is longer by 0.6 of the reverberation time."""
    return np.asarray(fftconvolve(samples, impulse_response(room, generator)), np.float32)


def impulse_response(room: Room, generator: np.random.Generator) -> Samples:
    """A random response of the room; the direct sound is a 1 at sample 0."""
    count = int(room.reverberation * 0.6 * SAMPLE_RATE)
    seconds = np.arange(count) / SAMPLE_RATE
    noise = generator.standard_normal(count)
    bass = lfilter([0.25], [1, -0.75], noise)  # one pole at about 700 Hz
    decay = np.log(1000) / room.reverberation
    response = bass * np.exp(-decay * seconds) + (noise - bass) * np.exp(-decay / room.treble_decay * seconds)
    response *= 1 - np.exp(-seconds / 0.01)  # the field becomes diffuse only after some reflections
    delays = generator.uniform(0.002, 0.04, _REFLECTIONS)
    strengths = generator.choice([-1.0, 1.0], _REFLECTIONS) * np.exp(-decay * delays) / (1 + delays / 0.005)
    typical = np.sqrt((response**2).sum() / _REFLECTIONS)
    response[np.minimum((delays * SAMPLE_RATE).astype(int), count - 1)] += strengths * typical
    response *= 10 ** (-room.direct_to_reverberant / 20) / np.sqrt((response**2).sum())
    response[0] = 1
    samples: Samples = response.astype(np.float32)
    return samples
