"""Causal convolutions from 10 ms a frame to 80 ms (NeMo: `ConvSubsampling`, dw_striding)."""

from torch import Tensor, nn
from torch.nn import functional

REDUCTION = 8
"""Log-mel frames an encoder frame."""
STAGES = (("2", "3"), ("5", "6"))
"""Depthwise and pointwise convolutions of the second and third halving, by NeMo's indices."""


class Subsampling(nn.Module):
    """Three halvings of time and frequency, and a projection to the encoder's width."""

    def __init__(self, mels: int, channels: int, width: int) -> None:
        super().__init__()
        self.conv = nn.ModuleDict(
            {
                "0": nn.Conv2d(1, channels, 3, 2),
                "2": nn.Conv2d(channels, channels, 3, 2, groups=channels),
                "3": nn.Conv2d(channels, channels, 1),
                "5": nn.Conv2d(channels, channels, 3, 2, groups=channels),
                "6": nn.Conv2d(channels, channels, 1),
            }
        )
        bands = mels
        for _ in range(3):
            bands = bands // 2 + 1
        self.out = nn.Linear(channels * bands, width)

    def forward(self, features: Tensor) -> Tensor:
        """[batch, frames, mels] log-mels to [batch, ⌊(frames + 7) / 8⌋ or so, width]."""
        image = functional.relu(self.conv["0"](scaled(features)))
        for depthwise, pointwise in STAGES:
            image = functional.relu(self.conv[pointwise](self.conv[depthwise](padded(image))))
        output: Tensor = self.out(flattened(image))
        return output


def scaled(features: Tensor) -> Tensor:
    """Pad log-mels with raw zeros, as NeMo does, and bring them near to zero mean and unit variance.

    The export folds the scaling into the first convolution, so that the network reads raw log-mels.
    """
    return (padded(features[:, None]) + 9.0) * 0.25


def padded(image: Tensor) -> Tensor:
    """Pad [batch, channels, frames, bands] for a causal convolution of kernel 3 and stride 2."""
    return functional.pad(image, (2, 1, 2, 1))


def flattened(image: Tensor) -> Tensor:
    """[batch, channels, frames, bands] to [batch, frames, channels · bands]."""
    return image.transpose(1, 2).flatten(2)
