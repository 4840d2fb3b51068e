"""Batches of examples of similar length, the same ones for the same seed and the same shards."""

from dataclasses import dataclass

import numpy as np
import torch

from builtin_recogniser.batches.alignment import spoken_length
from builtin_recogniser.batches.assembly import Assembly, Example
from builtin_recogniser.batches.augmentation import Augmentation
from builtin_recogniser.batches.batch import Batch
from builtin_recogniser.batches.noises import Noises
from builtin_recogniser.batches.pool import Pool
from builtin_recogniser.batches.settings import AssemblySettings, AugmentationSettings
from builtin_recogniser.features import MELS, SILENCE
from builtin_recogniser.network.subsampling import REDUCTION
from builtin_recogniser.tokens import Tokens


@dataclass
class Position:
    """How far the batches have been read."""

    round: int = 0
    batch: int = 0
    """Of the round: the next one to read."""
    variety: float = 1.0
    """Of the round, as it was drawn."""


class Loader:
    """Draws examples in rounds, sorts each round by length and cuts it into batches."""

    def __init__(
        self,
        pool: Pool,
        tokens: Tokens,
        seed: tuple[int, ...],
        position: Position | None = None,
        *,
        assembly: AssemblySettings = AssemblySettings(),  # noqa: B008
        augmentation: AugmentationSettings = AugmentationSettings(),  # noqa: B008
    ) -> None:
        """Begin, or go on at a `position`; give every process another `seed`."""
        self.pool = pool
        self._seed = seed
        self._settings = assembly
        pieces = tokens.pieces
        self._blank = len(pieces)
        noises = Noises(np.random.default_rng(seed), pool)
        lengths = np.array([spoken_length(piece) for piece in pieces], np.float32)
        self._assembly = Assembly(pool, noises, lengths, assembly)
        self._augmentation = Augmentation(noises, augmentation)
        self.position = position or Position()
        self._round: list[list[Example]] = []
        if self.position.batch > 0:
            self._round = self._draw_round(self.position.variety)

    def next(self, variety: float) -> Batch:
        """Give the next batch; `variety` from 0 (as spoken) to 1 says how much is done to the utterances."""
        if self.position.batch >= len(self._round):
            self.position = Position(self.position.round + 1, 0, variety)
            self._round = self._draw_round(variety)
        examples = self._round[self.position.batch]
        self.position.batch += 1
        generator = np.random.default_rng((*self._seed, self.position.round, self.position.batch))
        return self._batch(examples, generator, variety)

    def _draw_round(self, variety: float) -> list[list[Example]]:
        generator = np.random.default_rng((*self._seed, self.position.round))
        wanted = self._settings.batch_frames * self._settings.round_batches
        examples: list[Example] = []
        frames = 0
        while frames < wanted:
            examples.append(self._assembly.draw(generator, variety))
            frames += len(examples[-1].features)
        examples.sort(key=lambda example: len(example.features) + 2 * len(example.tokens))
        batches: list[list[Example]] = [[]]
        longest = 0
        for example in examples:
            longest = max(longest, padded_length(len(example.features)))
            if batches[-1] and longest * (len(batches[-1]) + 1) > self._settings.batch_frames * 1.05:
                batches.append([])
                longest = padded_length(len(example.features))
            batches[-1].append(example)
        return [batches[index] for index in generator.permutation(len(batches))]

    def _batch(self, examples: list[Example], generator: np.random.Generator, variety: float) -> Batch:
        length = max(padded_length(len(example.features)) for example in examples)
        features = np.full((len(examples), length, MELS), SILENCE, np.float32)
        targets = np.zeros(
            (len(examples), max(1, *(len(example.tokens) for example in examples), 1)), np.int64
        )
        frame_tokens = np.full((len(examples), length), self._blank, np.int64)
        for row, example in enumerate(examples):
            features[row, : len(example.features)] = example.features
            targets[row, : len(example.tokens)] = example.tokens
            frame_tokens[row, : len(example.features)] = example.frame_tokens
        return Batch(
            torch.from_numpy(self._augmentation.apply(features, generator, variety)),
            torch.from_numpy(targets),
            torch.tensor([len(example.tokens) for example in examples]),
            # An encoder frame reads the seven log-mel frames before its own.
            torch.from_numpy(np.roll(frame_tokens, REDUCTION - 1, axis=1)[:, ::REDUCTION].copy()),
        )


def padded_length(frames: int) -> int:
    """Frames of 10 ms that fill whole encoder frames, the one that reads only the first included."""
    return (frames + REDUCTION - 1) // REDUCTION * REDUCTION + 1
