"""Runs: resuming, beginning from another, and the learning rate, on a tiny network."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from builtin_recogniser.decoding import greedy_tokens
from builtin_recogniser.features import MELS
from builtin_recogniser.network.settings import NetworkSettings
from builtin_recogniser.training.checkpoint import load_recogniser
from builtin_recogniser.training.processes import Processes
from builtin_recogniser.training.settings import TrainingSettings, learning_rate
from builtin_recogniser.training.trainer import Trainer

pytestmark = pytest.mark.usefixtures("few_noises")


def settings(training_folder: Path, run: Path) -> TrainingSettings:
    run.mkdir()
    return TrainingSettings(
        run=run,
        shards=training_folder / "shards",
        tokenizer=training_folder / "tokenizer.model",
        start=None,
        validation=None,
        minutes=1e6,
        decay_minutes=1,
        warm_up_steps=2,
        plain_steps=2,
        variety_steps=2,
        processes=1,
    )


def train(run_settings: TrainingSettings, steps: int) -> Trainer:
    network = NetworkSettings(30, width=16, layers=1, heads=2, subsampling_channels=4, joint_width=8)
    one = Trainer(run_settings, Processes(), network)
    last_step = one.progress.step + steps
    one.run(lambda: one.progress.step + 1 >= last_step)
    return one


def test_resuming_equals_not_stopping(training_folder: Path, tmp_path: Path) -> None:
    whole = train(settings(training_folder, tmp_path / "whole"), 7)
    halves = settings(training_folder, tmp_path / "halves")
    train(halves, 4)
    resumed = train(halves, 3)
    assert resumed.progress.step == whole.progress.step == 7
    for name, weight in whole.model.state_dict().items():
        torch.testing.assert_close(resumed.model.state_dict()[name], weight, msg=name)


def test_a_run_begins_from_the_average_of_another(training_folder: Path, tmp_path: Path) -> None:
    first = settings(training_folder, tmp_path / "first")
    train(first, 3)
    second = replace(settings(training_folder, tmp_path / "second"), start=first.run / "last.pt")
    one = Trainer(second, Processes())
    expected = load_recogniser(first.run / "last.pt").state_dict()
    assert one.progress.first_step == 3
    for name, weight in one.model.state_dict().items():
        torch.testing.assert_close(weight, expected[name])


def test_decoding_does_not_depend_on_the_neighbours(training_folder: Path, tmp_path: Path) -> None:
    model = train(settings(training_folder, tmp_path / "run"), 3).model.eval()
    generator = np.random.default_rng(5)
    utterances = [generator.normal(-8, 3, (frames, MELS)).astype(np.float32) for frames in (81, 81, 81)]
    together = greedy_tokens(model, utterances, 1)
    assert together == [greedy_tokens(model, [utterance], 1)[0] for utterance in utterances]


def test_learning_rate_warms_up_stays_and_falls() -> None:
    run = TrainingSettings(Path(), Path(), Path(), None, None, minutes=90, decay_minutes=30)
    assert learning_rate(run, 0, 0) < 1e-5
    assert learning_rate(run, 500, 59) == pytest.approx(1.2e-3)
    assert learning_rate(run, 500, 75) == pytest.approx(0.6e-3)
    assert learning_rate(run, 500, 90) == pytest.approx(1.2e-5)
