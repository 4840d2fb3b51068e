"""The encoder (NeMo: `ConformerEncoder`, chunked_limited)."""

from torch import Tensor, nn

from builtin_recogniser.network.attention import chunk_mask, relative_positions
from builtin_recogniser.network.layer import Layer
from builtin_recogniser.network.settings import NetworkSettings
from builtin_recogniser.network.subsampling import Subsampling


class Encoder(nn.Module):
    """Subsampling and layers over whole utterances, with the mask that makes it equal to streaming in chunks.

    All utterances of a batch share one length (shorter ones end in frames of silence), so there are no
    masks for padding.
    """

    def __init__(self, settings: NetworkSettings) -> None:
        super().__init__()
        self.left_context = settings.left_context
        self.pre_encode = Subsampling(settings.mels, settings.subsampling_channels, settings.width)
        self.layers = nn.ModuleList(Layer(settings) for _ in range(settings.layers))

    def forward(self, features: Tensor, right_context: int) -> Tensor:
        """[batch, frames of 10 ms, mels] to [batch, frames of 80 ms, width].

        Chunks hold `right_context + 1` frames of 80 ms.
        """
        frames: Tensor = self.pre_encode(features)
        _, length, width = frames.shape
        positions = relative_positions(length, width)
        mask = chunk_mask(length, right_context, self.left_context)
        for layer in self.layers:
            frames = layer(frames, positions, mask)
        return frames
