"""Files with the state of a training run."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from builtin_recogniser.batches.loader import Position
from builtin_recogniser.network.model import Recogniser
from builtin_recogniser.network.settings import NetworkSettings


@dataclass
class Progress:
    """How far a run is."""

    step: int = 0
    """Steps since training began from nothing, earlier runs included."""
    first_step: int = 0
    """Step at which this run began."""
    audio_seconds: float = 0.0
    """Audio since training began from nothing, padding included."""
    minutes: float = 0.0
    """Of this run."""
    best_error_rate: float = float("inf")
    """Per cent, of the weights in `best.pt`."""
    positions: list[Position] = field(default_factory=list)
    """Of the batches, one a process."""


@dataclass(frozen=True)
class Checkpoint:
    """State of a run."""

    network: NetworkSettings
    weights: dict[str, Tensor]
    average: dict[str, Tensor]
    """Moving average of the weights."""
    optimiser: dict[str, Any] | None
    """None where training is to begin with a fresh optimiser."""
    progress: Progress


def write_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Write a file so that a reader never sees half of it."""
    progress = checkpoint.progress
    contents = {
        "model": checkpoint.weights,
        "ema": checkpoint.average,
        "opt": checkpoint.optimiser,
        "step": progress.step,
        "secs": progress.audio_seconds,
        "spent": progress.minutes * 60,
        "cfg": checkpoint.network.to_checkpoint(),
        "first_step": progress.first_step,
        "best": progress.best_error_rate,
        "positions": [vars(position) for position in progress.positions],
    }
    unfinished = path.with_suffix(".unfinished")
    torch.save(contents, unfinished)
    os.replace(unfinished, path)


def write_weights(
    path: Path, network: NetworkSettings, weights: dict[str, Tensor], progress: Progress
) -> None:
    """Write weights alone, for an export or another run to begin from."""
    unfinished = path.with_suffix(".unfinished")
    contents = {"model": weights, "step": progress.step, "secs": progress.audio_seconds}
    torch.save(contents | {"cfg": network.to_checkpoint()}, unfinished)
    os.replace(unfinished, path)


def read_checkpoint(path: Path) -> Checkpoint:
    """Read what `write_checkpoint` wrote."""
    contents = torch.load(path, map_location="cpu", weights_only=True)
    return Checkpoint(
        network=NetworkSettings.from_checkpoint(contents["cfg"]),
        weights=contents["model"],
        average=contents["ema"],
        optimiser=contents["opt"],
        progress=Progress(
            step=contents["step"],
            first_step=contents["first_step"],
            audio_seconds=contents["secs"],
            minutes=contents["spent"] / 60,
            best_error_rate=contents["best"],
            positions=[Position(**position) for position in contents["positions"]],
        ),
    )


def read_start(path: Path) -> Checkpoint:
    """Read a checkpoint of another run to begin a new one: its weights, with a fresh optimiser."""
    contents = torch.load(path, map_location="cpu", weights_only=True)
    weights = contents.get("ema", contents["model"])
    return Checkpoint(
        network=NetworkSettings.from_checkpoint(contents["cfg"]),
        weights=weights,
        average=weights,
        optimiser=None,
        progress=Progress(step=contents["step"], first_step=contents["step"], audio_seconds=contents["secs"]),
    )


def load_recogniser(path: Path) -> Recogniser:
    """Read the network of a checkpoint, with averaged weights where it has some, ready to decode."""
    checkpoint = read_start(path)
    model = Recogniser(checkpoint.network)
    model.load_state_dict(checkpoint.weights)
    return model.eval()
