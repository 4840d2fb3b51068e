"""Variation of whole batches of log-mels: level, colour, noise, gaps."""

import numpy as np
import numpy.typing as npt

from builtin_recogniser.batches.noises import Noises
from builtin_recogniser.batches.settings import AugmentationSettings
from builtin_recogniser.features import LOG_GUARD, MELS, LogMels

Batched = npt.NDArray[np.float32]
"""[batch, frames, mels]."""

_NEPERS = np.log(10) / 10
"""What a decibel of power adds to a logarithm."""
_SILENT = 1e-7
"""Mean mel power below which an example is taken for digital silence."""
_SPEAKING = 1.6
"""About how much more power an utterance has while someone speaks than on average."""
_GAP = -12.0
"""Log-mel that a masked band or frame reads."""


class Augmentation:
    """Varies batches."""

    def __init__(self, noises: Noises, settings: AugmentationSettings) -> None:
        self._noises = noises
        self._settings = settings

    def apply(self, features: Batched, generator: np.random.Generator, variety: float) -> Batched:
        """Vary log-mels in place; `variety` (0 to 1) scales how many utterances are touched."""
        self._warp(features, generator, variety)
        power = np.maximum(np.exp(features) - LOG_GUARD, 0)
        power *= self._equaliser(len(features), generator, variety)
        for example in power:
            self._add_noise(example, generator)
        features = np.log(power + LOG_GUARD)
        for features_of_one in features:
            self._mask(features_of_one, generator, variety)
        return features

    def _warp(self, features: Batched, generator: np.random.Generator, variety: float) -> None:
        """Move formants: resample some utterances along the mel axis."""
        for row in np.nonzero(generator.random(len(features)) < self._settings.warp_share * variety)[0]:
            bands = np.minimum(np.arange(MELS) * generator.uniform(*self._settings.warp), MELS - 1.001)
            below = bands.astype(int)
            weight = (bands - below).astype(np.float32)
            features[row] = features[row][:, below] * (1 - weight) + features[row][:, below + 1] * weight

    def _equaliser(self, count: int, generator: np.random.Generator, variety: float) -> Batched:
        """Gains of power, [utterances, 1, mels]."""
        gain = generator.uniform(*self._settings.gain, count)
        tilt = generator.uniform(-self._settings.tilt, self._settings.tilt, count)
        tilt *= generator.random(count) < self._settings.tilt_share * variety
        decibels = gain[:, None] + tilt[:, None] * np.linspace(-1, 1, MELS)
        return np.array(np.exp(_NEPERS * decibels)[:, None], np.float32)

    def _add_noise(self, power: LogMels, generator: np.random.Generator) -> None:
        """Add noise to the mel power [frames, mels] of one utterance."""
        settings = self._settings
        kind = generator.random()
        if power.mean() < _SILENT:
            if kind > settings.speechless_noise_share:
                return
            decibels = generator.uniform(*settings.speechless_noise)
        else:
            speech = 10 * np.log10(self._noises.sample_power(power) * _SPEAKING + 1e-9)
            if kind < settings.noisy_share:
                decibels = speech - generator.uniform(*settings.noisy)
            elif kind < settings.noisy_share + settings.faint_share:
                decibels = speech - generator.uniform(*settings.faint)
            else:
                return
        noise = self._noises.draw(generator, len(power))
        power += noise * np.float32(np.exp(_NEPERS * decibels))

    def _mask(self, features: LogMels, generator: np.random.Generator, variety: float) -> None:
        widest = self._settings.masked[1]
        if generator.random() < self._settings.masked_bands_share * variety:
            first = generator.integers(0, MELS - widest)
            features[:, first : first + generator.integers(*self._settings.masked)] = _GAP
        if generator.random() < self._settings.masked_frames_share * variety and len(features) > widest:
            first = generator.integers(0, len(features) - widest)
            features[first : first + generator.integers(*self._settings.masked)] = _GAP
