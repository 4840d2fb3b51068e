"""Sizes of the network."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self


@dataclass(frozen=True)
class NetworkSettings:
    """Sizes of the network; the defaults are the built-in recogniser's (3.1 million parameters)."""

    vocabulary: int
    """Tokens without the blank; the blank's index is this number."""
    mels: int = 80
    width: int = 144
    """Channels of every encoder frame."""
    layers: int = 5
    heads: int = 4
    subsampling_channels: int = 48
    kernel: int = 9
    """Frames that a depthwise convolution sees: its own and the ones before."""
    left_context: int = 70
    """Encoder frames of 80 ms that attention sees to the left of a chunk."""
    prediction_width: int = 144
    joint_width: int = 160

    @property
    def blank(self) -> int:
        """Index of the blank in the outputs, and the start symbol of the prediction network."""
        return self.vocabulary

    @classmethod
    def from_checkpoint(cls, stored: Mapping[str, int]) -> Self:
        """Settings from the short names that checkpoints keep under `cfg`."""
        return cls(**{field.name: stored[_STORED_NAMES[field.name]] for field in fields(cls)})

    def to_checkpoint(self) -> dict[str, int]:
        """Invert `from_checkpoint`."""
        return {_STORED_NAMES[field.name]: getattr(self, field.name) for field in fields(self)}


_STORED_NAMES = {
    "vocabulary": "vocab",
    "mels": "mels",
    "width": "D",
    "layers": "L",
    "heads": "heads",
    "subsampling_channels": "sub",
    "kernel": "kernel",
    "left_context": "left",
    "prediction_width": "pred",
    "joint_width": "joint",
}
