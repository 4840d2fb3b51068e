"""One layer of the encoder (NeMo: `ConformerLayer`)."""

from torch import Tensor, nn

from builtin_recogniser.network.attention import RelativeAttention
from builtin_recogniser.network.convolution import Convolution
from builtin_recogniser.network.feed_forward import FeedForward
from builtin_recogniser.network.settings import NetworkSettings


class Layer(nn.Module):
    """Half a feed-forward, attention, convolution, half a feed-forward; each behind a layer norm."""

    def __init__(self, settings: NetworkSettings) -> None:
        super().__init__()
        width = settings.width
        self.norm_feed_forward1 = nn.LayerNorm(width)
        self.feed_forward1 = FeedForward(width)
        self.norm_conv = nn.LayerNorm(width)
        self.conv = Convolution(width, settings.kernel)
        self.norm_self_att = nn.LayerNorm(width)
        self.self_attn = RelativeAttention(width, settings.heads)
        self.norm_feed_forward2 = nn.LayerNorm(width)
        self.feed_forward2 = FeedForward(width)
        self.norm_out = nn.LayerNorm(width)

    def forward(self, frames: Tensor, positions: Tensor, mask: Tensor) -> Tensor:
        """[batch, frames, width] to the same; `positions` and `mask` as in `RelativeAttention`."""
        frames = frames + 0.5 * self.feed_forward1(self.norm_feed_forward1(frames))
        frames = frames + self.self_attn(self.norm_self_att(frames), positions, mask)
        frames = frames + self.conv(self.norm_conv(frames))
        frames = frames + 0.5 * self.feed_forward2(self.norm_feed_forward2(frames))
        output: Tensor = self.norm_out(frames)
        return output
