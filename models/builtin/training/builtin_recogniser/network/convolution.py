"""The Conformer's convolution module, causal and with layer norm (NeMo: `ConformerConvolution`)."""

from torch import Tensor, nn
from torch.nn import functional


class Convolution(nn.Module):
    """Gate, depthwise convolution over the past frames, normalisation, projection."""

    def __init__(self, width: int, kernel: int) -> None:
        super().__init__()
        self.kernel = kernel
        self.pointwise_conv1 = nn.Conv1d(width, 2 * width, 1, bias=False)
        self.depthwise_conv = nn.Conv1d(width, width, kernel, groups=width, bias=False)
        # NeMo keeps this name for the layer norm, too.
        self.batch_norm = nn.LayerNorm(width)
        self.pointwise_conv2 = nn.Conv1d(width, width, 1, bias=False)

    def forward(self, frames: Tensor) -> Tensor:
        """[batch, frames, width] to the same."""
        # A convolution over one frame is a linear map, and much faster as one.
        gated = functional.glu(functional.linear(frames, self.pointwise_conv1.weight[:, :, 0]), -1)
        past = functional.pad(gated.transpose(1, 2), (self.kernel - 1, 0))
        mixed = functional.silu(self.batch_norm(self.depthwise_conv(past).transpose(1, 2)))
        return functional.linear(mixed, self.pointwise_conv2.weight[:, :, 0])
