"""The Conformer's feed-forward module (NeMo: `ConformerFeedForward`)."""

from torch import Tensor, nn
from torch.nn import functional


class FeedForward(nn.Module):
    """Four times as wide inside, with Swish."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.linear1 = nn.Linear(width, 4 * width, bias=False)
        self.linear2 = nn.Linear(4 * width, width, bias=False)

    def forward(self, frames: Tensor) -> Tensor:
        """[batch, frames, width] to the same."""
        output: Tensor = self.linear2(functional.silu(self.linear1(frames)))
        return output
