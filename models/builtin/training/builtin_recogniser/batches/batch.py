"""What one training step reads."""

from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True)
class Batch:
    """Utterances of one padded length, filled up with silence."""

    features: Tensor
    """[batch, frames, mels], log-mels."""
    targets: Tensor
    """[batch, tokens], zeros behind the last token."""
    token_counts: Tensor
    """[batch]."""
    frame_tokens: Tensor
    """[batch, encoder frames]: the token that a rough alignment puts at each frame of 80 ms, or the blank."""

    @property
    def seconds(self) -> float:
        """Audio in the batch, silence included."""
        return self.features.shape[0] * self.features.shape[1] / 100
