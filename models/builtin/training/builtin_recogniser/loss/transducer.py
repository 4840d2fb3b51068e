"""The transducer's loss (Graves 2012) with the joint network inside, and analytic gradients.

NeMo's `RNNTLoss` gets the scores of all cells and returns a gradient for all of them. Most cells are never
visited, so here the gradient of the joint network is computed only where the posterior is worth it.
"""

from typing import Any

import torch
from torch import Tensor

from builtin_recogniser.loss.lattice import occupancy

NEGLIGIBLE = 1e-3
"""Cells that are visited with less than this probability get no gradient."""


def transducer_loss(  # noqa: PLR0917
    frames: Tensor,
    predictions: Tensor,
    weight: Tensor,
    bias: Tensor,
    targets: Tensor,
    frame_counts: Tensor,
    token_counts: Tensor,
    negligible: float = NEGLIGIBLE,
) -> Tensor:
    """-log p(targets), summed over the batch.

    `frames` [batch, frames, joint] and `predictions` [batch, tokens + 1, joint] are projected; `weight`
    [tokens and blank, joint] and `bias` score their sum behind a ReLU. The blank is the last row.
    `targets` [batch, tokens], `frame_counts` [batch] and `token_counts` [batch] are integers.
    """
    loss: Tensor = _TransducerLoss.apply(
        frames, predictions, weight, bias, targets, frame_counts, token_counts, negligible
    )
    return loss


class _TransducerLoss(torch.autograd.Function):
    @staticmethod
    def forward(  # noqa: PLR0917
        ctx: Any,
        frames: Tensor,
        predictions: Tensor,
        weight: Tensor,
        bias: Tensor,
        targets: Tensor,
        frame_counts: Tensor,
        token_counts: Tensor,
        negligible: float,
    ) -> Tensor:
        batch, length, joint = frames.shape
        states = predictions.shape[1]
        grid = (batch, length, states)
        blank = weight.shape[0] - 1

        hidden = torch.relu(frames[:, :, None] + predictions[:, None]).view(-1, joint)
        log_probabilities = torch.log_softmax(torch.addmm(bias, hidden, weight.t()), -1)
        next_tokens = torch.zeros(batch, states, dtype=torch.long)
        next_tokens[:, :-1] = targets
        next_token = next_tokens[:, None].expand(grid).reshape(-1, 1)

        visits = occupancy(
            log_probabilities[:, blank].view(grid).double().numpy(),
            log_probabilities.gather(1, next_token).view(grid).double().numpy(),
            frame_counts.numpy(),
            token_counts.numpy(),
        )
        blank_visits = torch.from_numpy(visits.blank).to(frames.dtype).view(-1)
        token_visits = torch.from_numpy(visits.token).to(frames.dtype).view(-1)

        cell_visits = blank_visits + token_visits
        cells = (cell_visits > negligible).nonzero()[:, 0]
        visited = hidden[cells]
        score_gradient = torch.exp(log_probabilities[cells]).mul_(cell_visits[cells, None])
        score_gradient[:, blank] -= blank_visits[cells]
        score_gradient.scatter_add_(1, next_token[cells], -token_visits[cells, None])
        hidden_gradient = torch.zeros_like(hidden)
        hidden_gradient[cells] = (score_gradient @ weight).mul_(visited > 0)
        hidden_gradient = hidden_gradient.view(*grid, joint)
        ctx.save_for_backward(
            hidden_gradient.sum(2),
            hidden_gradient.sum(1),
            score_gradient.t() @ visited,
            score_gradient.sum(0),
        )
        return frames.new_tensor(visits.losses.sum())

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        (scale,) = gradients
        frames, predictions, weight, bias = ctx.saved_tensors
        return frames * scale, predictions * scale, weight * scale, bias * scale, None, None, None, None
