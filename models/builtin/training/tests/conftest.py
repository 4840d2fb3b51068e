"""A handful of made-up utterances to train on."""

from functools import partial
from pathlib import Path

import numpy as np
import pytest
import sentencepiece

from builtin_recogniser.batches.noises import Noises, StockSettings
from builtin_recogniser.features import MELS
from builtin_recogniser.shards import Utterance, write_shard

SENTENCES = ["hello there", "good morning", "what time is it", "see you later", "thank you so much"]


@pytest.fixture(scope="session")
def training_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("training")
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(SENTENCES),
        model_prefix=str(path / "tokenizer"),
        vocab_size=30,
        model_type="bpe",
        unk_id=0,
        bos_id=-1,
        eos_id=-1,
        pad_id=-1,
        minloglevel=2,
    )
    generator = np.random.default_rng(1)
    (path / "shards").mkdir()
    for number in range(2):
        utterances = [
            Utterance(
                generator.normal(-8, 3, (int(generator.integers(60, 120)), MELS)).astype(np.float32),
                SENTENCES[index % len(SENTENCES)],
                "made/up",
                ("natural", "conversation")[index % 2],
            )
            for index in range(20)
        ]
        write_shard(path / "shards" / f"{number}.npz", utterances)
    return path


@pytest.fixture
def few_noises(monkeypatch: pytest.MonkeyPatch) -> None:
    few = StockSettings(noise_seconds=3, clips=4, sounds=3)
    monkeypatch.setattr("builtin_recogniser.batches.loader.Noises", partial(Noises, stock=few))
