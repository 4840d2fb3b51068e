"""Examples: one utterance or a few with pauses, or something that is not speech."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from builtin_recogniser.batches.alignment import spread_tokens
from builtin_recogniser.batches.noises import Noises
from builtin_recogniser.batches.pool import Pool
from builtin_recogniser.batches.settings import AssemblySettings
from builtin_recogniser.features import MELS, SILENCE, LogMels

FrameTokens = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Example:
    """Log-mels and the tokens that they hold."""

    features: LogMels
    tokens: list[int]
    frame_tokens: FrameTokens
    """[frames]: see `alignment`."""


class Assembly:
    """Draws examples."""

    def __init__(
        self,
        pool: Pool,
        noises: Noises,
        lengths: npt.NDArray[np.float32],
        settings: AssemblySettings,
    ) -> None:
        """Take `lengths` [tokens] from `spoken_length`."""
        self._pool = pool
        self._noises = noises
        self._lengths = lengths
        self._blank = len(lengths)
        self._settings = settings

    def draw(self, generator: np.random.Generator, variety: float) -> Example:
        """Draw an example; with no `variety` (0 to 1) it is always a single utterance as it was spoken."""
        settings = self._settings
        if generator.random() < settings.speechless_share * variety:
            return self._speechless(generator)
        examples = [self._silence(generator, settings.edge, variety), self._utterance(generator, variety)]
        while (
            generator.random() < settings.joined_share * variety
            and sum(len(example.features) for example in examples) < settings.joined_limit
        ):
            examples.append(self._silence(generator, settings.pause, variety))
            examples.append(self._utterance(generator, variety))
        examples.append(self._silence(generator, settings.edge, variety))
        return Example(
            np.concatenate([example.features for example in examples]),
            [token for example in examples for token in example.tokens],
            np.concatenate([example.frame_tokens for example in examples]),
        )

    def _utterance(self, generator: np.random.Generator, variety: float) -> Example:
        utterance = self._pool.draw(generator)
        features = utterance.log_mels()
        if generator.random() < self._settings.stretch_share * variety:
            features = stretched(features, generator.uniform(*self._settings.stretch))
        tokens = list(utterance.tokens)
        return Example(features, tokens, spread_tokens(features, tokens, self._lengths, self._blank))

    def _silence(self, generator: np.random.Generator, frames: tuple[int, int], variety: float) -> Example:
        if generator.random() < self._settings.sound_in_pause_share * variety:
            return self._wordless(self._noises.draw_sound(generator))
        return self._wordless(np.full((generator.integers(*frames), MELS), SILENCE, np.float32))

    def _speechless(self, generator: np.random.Generator) -> Example:
        length = int(generator.integers(100, 500))
        if generator.random() < 0.4:
            return self._wordless(np.full((length, MELS), SILENCE, np.float32))
        return self._wordless(self._noises.draw_clip(generator)[:length])

    def _wordless(self, features: LogMels) -> Example:
        return Example(features, [], np.full(len(features), self._blank, np.int64))


def stretched(features: LogMels, rate: float) -> LogMels:
    """Log-mels spoken `rate` times as fast."""
    positions = np.linspace(0, len(features) - 1, max(8, int(len(features) / rate)))
    before = np.minimum(positions.astype(int), len(features) - 2)
    weight = (positions - before).astype(np.float32)[:, None]
    result: LogMels = features[before] * (1 - weight) + features[before + 1] * weight
    return result
