"""Muon: momentum whose update is orthogonalised (Jordan 2024), scaled to AdamW's size (Liu 2025)."""

import math
from collections.abc import Iterable

import torch
from torch import Tensor, nn

from builtin_recogniser.optimiser.orthogonalise import orthogonalised
from builtin_recogniser.training.processes import Processes

_MOMENTUM = 0.95


class Muon:
    """Updates matrices; those of one shape together, and every process orthogonalises its share."""

    def __init__(self, matrices: Iterable[nn.Parameter], weight_decay: float, processes: Processes) -> None:
        self._weight_decay = weight_decay
        self._processes = processes
        self._groups: dict[tuple[int, int], list[nn.Parameter]] = {}
        for matrix in matrices:
            self._groups.setdefault((matrix.shape[0], matrix[0].numel()), []).append(matrix)
        self._momenta = {shape: torch.zeros(len(group), *shape) for shape, group in self._groups.items()}

    @torch.no_grad()
    def step(self, learning_rate: float) -> None:
        """Update the matrices from their gradients."""
        updates = {shape: self._update(shape) for shape in self._groups}
        self._processes.sum_together(list(updates.values()))
        for shape, group in self._groups.items():
            scale = 0.2 * math.sqrt(max(shape))
            for matrix, update in zip(group, updates[shape], strict=True):
                matrix.mul_(1 - learning_rate * self._weight_decay)
                matrix.add_(update.view_as(matrix), alpha=-learning_rate * scale)

    def _update(self, shape: tuple[int, int]) -> Tensor:
        """[matrices, rows, columns], zero where another process does the work."""
        group = self._groups[shape]
        gradients = torch.stack([_gradient(matrix).view(shape) for matrix in group])
        momenta = self._momenta[shape].lerp_(gradients, 1 - _MOMENTUM)
        update = torch.zeros_like(gradients)
        share = self._processes.share(len(group))
        # Nesterov's look-ahead.
        update[share] = orthogonalised(gradients[share].lerp(momenta[share], _MOMENTUM))
        return update

    def state_dict(self) -> dict[str, Tensor]:
        """Momenta by shape."""
        return {f"{rows}x{columns}": momenta for (rows, columns), momenta in self._momenta.items()}

    def load_state_dict(self, state: dict[str, Tensor]) -> None:
        """Go on from what `state_dict` gave."""
        for (rows, columns), momenta in self._momenta.items():
            momenta.copy_(state[f"{rows}x{columns}"])


def _gradient(matrix: nn.Parameter) -> Tensor:
    assert matrix.grad is not None
    return matrix.grad
