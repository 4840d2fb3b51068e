"""Batches: the same for a seed, of one length, drawn as told."""

from pathlib import Path

import numpy as np
import pytest
import torch

from builtin_recogniser.batches.loader import Loader
from builtin_recogniser.batches.pool import Pool
from builtin_recogniser.features import MELS
from builtin_recogniser.tokens import Tokens

pytestmark = pytest.mark.usefixtures("few_noises")


def loader(training_folder: Path, seed: int) -> Loader:
    tokens = Tokens(training_folder / "tokenizer.model")
    return Loader(Pool(training_folder / "shards", tokens), tokens, (seed,))


def test_batches_are_the_same_for_the_same_seed(training_folder: Path) -> None:
    first, second, other = (loader(training_folder, seed) for seed in (1, 1, 2))
    for _ in range(3):
        batch, again, different = (one.next(variety=1) for one in (first, second, other))
        torch.testing.assert_close(batch.features, again.features)
        assert torch.equal(batch.targets, again.targets)
    assert batch.features.shape != different.features.shape or not torch.equal(
        batch.features, different.features
    )


def test_batches_fit_together(training_folder: Path) -> None:
    batch = loader(training_folder, 3).next(variety=1)
    count, frames, mels = batch.features.shape
    assert mels == MELS
    assert frames % 8 == 1
    assert count * frames <= 4_200
    assert batch.frame_tokens.shape == (count, frames // 8 + 1)
    assert batch.targets.shape == (count, int(batch.token_counts.max()))
    assert torch.isfinite(batch.features).all()


def test_parts_are_drawn_by_share(training_folder: Path) -> None:
    tokens = Tokens(training_folder / "tokenizer.model")
    pool = Pool(training_folder / "shards", tokens, {"natural": 3, "conversation": 1})
    generator = np.random.default_rng(1)
    natural = sum(pool.draw(generator).part == "natural" for _ in range(1_000))
    assert 700 < natural < 800


def test_processes_share_the_shards(training_folder: Path) -> None:
    tokens = Tokens(training_folder / "tokenizer.model")
    everything = Pool(training_folder / "shards", tokens).hours
    shares = [Pool(training_folder / "shards", tokens, None, rank, 2).hours for rank in range(2)]
    assert sum(shares) in (pytest.approx(everything), pytest.approx(2 * everything))
