"""Self-attention with relative positions (Transformer-XL; NeMo: `RelPositionMultiHeadAttention`)."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional


class RelativeAttention(nn.Module):
    """Attention whose scores are content against content plus content against distance."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.linear_q = nn.Linear(width, width, bias=False)
        self.linear_k = nn.Linear(width, width, bias=False)
        self.linear_v = nn.Linear(width, width, bias=False)
        self.linear_out = nn.Linear(width, width, bias=False)
        self.linear_pos = nn.Linear(width, width, bias=False)
        self.pos_bias_u = nn.Parameter(torch.zeros(heads, width // heads))
        self.pos_bias_v = nn.Parameter(torch.zeros(heads, width // heads))

    def forward(self, frames: Tensor, positions: Tensor, mask: Tensor) -> Tensor:
        """Attend.

        `frames` is [batch, frames, width], `positions` [2 · frames - 1, width] from `relative_positions`,
        `mask` [frames, frames] to be added to the scores.
        """
        batch, length, width = frames.shape
        split = (batch, length, self.heads, width // self.heads)
        queries = self.linear_q(frames).view(split)
        keys = self.linear_k(frames).view(split)
        values = self.linear_v(frames).view(split)
        distances = self.linear_pos(positions).view(-1, *split[2:])

        by_content = (queries + self.pos_bias_u).transpose(1, 2) @ keys.permute(0, 2, 3, 1)
        by_distance = _shifted((queries + self.pos_bias_v).transpose(1, 2) @ distances.permute(1, 2, 0))
        scores = (by_content + by_distance) / math.sqrt(split[3]) + mask
        attended = torch.softmax(scores, -1) @ values.transpose(1, 2)
        output: Tensor = self.linear_out(attended.transpose(1, 2).reshape(batch, length, width))
        return output


def _shifted(scores: Tensor) -> Tensor:
    """[batch, heads, queries, distances] to [batch, heads, queries, keys]: the shift of Transformer-XL."""
    batch, heads, length, distances = scores.shape
    skewed = functional.pad(scores, (1, 0)).view(batch, heads, distances + 1, length)[:, :, 1:]
    return skewed.reshape(batch, heads, length, distances)[..., :length]


def relative_positions(length: int, width: int) -> Tensor:
    """Sinusoids of the distances `length - 1` down to `1 - length`: [2 · length - 1, width]."""
    distances = torch.arange(length - 1, -length, -1.0)[:, None]
    frequencies = torch.exp(torch.arange(0, width, 2.0) * -(math.log(10_000.0) / width))
    angles = distances * frequencies
    return torch.stack([torch.sin(angles), torch.cos(angles)], 2).flatten(1)


def chunk_mask(length: int, right_context: int, left_context: int) -> Tensor:
    """What `right_context + 1` frames at a time may see: their own chunk and `left_context` frames before it.

    [frames, frames], zero where a query (row) sees a key (column) and very negative elsewhere.
    """
    chunks = torch.arange(length) // (right_context + 1)
    behind = chunks[:, None] - chunks[None]
    visible = (behind >= 0) & (behind <= left_context // (right_context + 1))
    return torch.zeros(length, length).masked_fill(~visible, -1e4)
