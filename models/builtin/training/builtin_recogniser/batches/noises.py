"""A stock of noises, and of sounds without words, as mel power and log-mels.

Noise has to have the right spectrum: with made-up spectra a recogniser learns little about white noise. So
every noise is made as a waveform (or from utterances) and goes through the same features as speech.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from builtin_recogniser.batches.pool import Pool
from builtin_recogniser.batches.sounds.bursts import draw_burst
from builtin_recogniser.batches.sounds.coloured import coloured_noise, draw_spectrum
from builtin_recogniser.batches.sounds.music import draw_music
from builtin_recogniser.batches.sounds.tones import draw_tones
from builtin_recogniser.features import (
    LOG_GUARD,
    SAMPLE_RATE,
    WINDOW,
    LogMels,
    Samples,
    log_mels,
    mel_edges,
)

_TALKERS = 7


@dataclass(frozen=True)
class _Kind:
    """A kind of noise."""

    count: int
    """How many there are."""
    share: float
    """How often it is drawn."""


_KINDS = {
    "coloured": _Kind(count=14, share=0.50),
    "babble": _Kind(count=5, share=0.22),
    "music": _Kind(count=10, share=0.20),
    "tones": _Kind(count=8, share=0.08),
}


@dataclass(frozen=True)
class StockSettings:
    """How much is made in advance; it takes a few seconds."""

    noise_seconds: int = 40
    """Of each noise."""
    clips: int = 160
    sounds: int = 60


class Noises:
    """The stock."""

    def __init__(
        self, generator: np.random.Generator, pool: Pool, stock: StockSettings = StockSettings()
    ) -> None:
        """Make the stock; utterances of the pool become babble."""
        self._sample_weights = _sample_weights()
        samples = stock.noise_seconds * SAMPLE_RATE
        makers: dict[str, Callable[[], LogMels]] = {
            "coloured": lambda: _power(coloured_noise(generator, samples, draw_spectrum(generator))),
            "babble": lambda: self._babble(generator, pool, stock.noise_seconds * 100),
            "music": lambda: _power(draw_music(generator, samples)),
            "tones": lambda: _power(draw_tones(generator, samples)),
        }
        self._noises = {
            kind: [self._normalised(make()) for _ in range(_KINDS[kind].count)]
            for kind, make in makers.items()
        }
        self._clips = [log_mels(_clip(generator)) for _ in range(stock.clips)]
        self._sounds = [
            log_mels((draw_burst(generator) * 10 ** generator.uniform(-2, -0.3)).astype(np.float32))
            for _ in range(stock.sounds)
        ]

    def draw(self, generator: np.random.Generator, frames: int) -> LogMels:
        """Draw mel power of a noise with a waveform of unit power, [frames, mels]."""
        kinds = list(_KINDS)
        kind = kinds[generator.choice(len(kinds), p=[kind.share for kind in _KINDS.values()])]
        noise = self._noises[kind][generator.integers(len(self._noises[kind]))]
        first = generator.integers(0, len(noise))
        return noise.take(np.arange(first, first + frames), axis=0, mode="wrap")

    def draw_clip(self, generator: np.random.Generator) -> LogMels:
        """Draw log-mels of 5 s without speech."""
        return self._clips[generator.integers(len(self._clips))]

    def draw_sound(self, generator: np.random.Generator) -> LogMels:
        """Draw log-mels of a cough, laughter or breath."""
        return self._sounds[generator.integers(len(self._sounds))]

    def sample_power(self, power: LogMels) -> float:
        """Mean power of the waveform that has this mel power [frames, mels]."""
        return float(power.mean(0) @ self._sample_weights)

    def _normalised(self, power: LogMels) -> LogMels:
        return power / np.float32(self.sample_power(power) + 1e-12)

    def _babble(self, generator: np.random.Generator, pool: Pool, frames: int) -> LogMels:
        """Add the power of several talkers, who talk without a break."""
        total = np.zeros((frames, len(self._sample_weights)), np.float32)
        for _ in range(_TALKERS):
            filled = 0
            while filled < frames:
                features = pool.draw(generator).log_mels()[: frames - filled]
                total[filled : filled + len(features)] += np.exp(features)
                filled += len(features)
        return total


def _clip(generator: np.random.Generator) -> Samples:
    """Draw 5 s of tones, swelling noise, music or human sounds, over a faint floor of noise."""
    count = 5 * SAMPLE_RATE
    kind = generator.random()
    if kind < 0.4:
        samples = draw_tones(generator, count)
    elif kind < 0.6:
        swell = np.interp(np.arange(count), np.linspace(0, count, 12), generator.uniform(0, 1, 12) ** 2)
        samples = coloured_noise(generator, count, draw_spectrum(generator))
        samples *= (0.3 * swell).astype(np.float32)
    elif kind < 0.8:
        samples = draw_music(generator, count) * 0.3
    else:
        samples = np.zeros(count, np.float32)
        for _ in range(generator.integers(1, 4)):
            burst = draw_burst(generator)
            start = generator.integers(0, count - len(burst))
            samples[start : start + len(burst)] += burst * generator.uniform(0.2, 1)
    floor = generator.standard_normal(count) * 10 ** generator.uniform(-6, -2.5)
    result: Samples = (samples * 10 ** generator.uniform(-2.5, -0.3) + floor).astype(np.float32)
    return result


def _power(samples: Samples) -> LogMels:
    power: LogMels = np.exp(log_mels(samples)) - LOG_GUARD
    return power


def _sample_weights() -> npt.NDArray[np.float32]:
    """Weights of mels that sum up to the power of the waveform: they undo the features' filters."""
    edges = mel_edges()
    widths = edges[2:] - edges[:-2]
    preemphasis = np.abs(1 - 0.97 * np.exp(-2j * np.pi * edges[1:-1] / SAMPLE_RATE)) ** 2
    window_energy = float((WINDOW**2).sum())
    # Slaney's triangles have unit area in Hz, and there are 31.25 Hz from one bin to the next.
    weights: npt.NDArray[np.float32] = (widths / preemphasis / widths.sum() / window_energy * 31.25).astype(
        np.float32
    )
    return weights
