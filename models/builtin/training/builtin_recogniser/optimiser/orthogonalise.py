"""Muon's orthogonalisation (Jordan 2024): the nearest semi-orthogonal matrix, roughly."""

import torch
from torch import Tensor

_ROUNDS = 4
_COEFFICIENTS = (3.4445, -4.7750, 2.0315)
"""Of the quintic Newton-Schulz iteration: steep at zero, not quite converging, which does not matter."""
_PRECISION = torch.bfloat16 if torch.cpu._is_avx512_bf16_supported() else torch.float32
"""The direction need not be exact (Jordan), and half the bits take half the time where processors can."""


def orthogonalised(matrices: Tensor) -> Tensor:
    """[count, rows, columns] to the same, with all singular values near 1."""
    tall = matrices.shape[1] > matrices.shape[2]
    if tall:
        matrices = matrices.transpose(1, 2)
    precise = matrices.dtype
    matrices = (matrices / (matrices.norm(dim=(1, 2), keepdim=True) + 1e-7)).to(_PRECISION)
    linear, cubic, quintic = _COEFFICIENTS
    for _ in range(_ROUNDS):
        gram = matrices @ matrices.transpose(1, 2)
        matrices = linear * matrices + (cubic * gram + quintic * (gram @ gram)) @ matrices
    matrices = matrices.to(precise)
    return matrices.transpose(1, 2) if tall else matrices
