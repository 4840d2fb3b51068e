"""Muon's orthogonalisation."""

import torch

from builtin_recogniser.optimiser.orthogonalise import orthogonalised


def test_orthogonalised_matrices_have_singular_values_near_one() -> None:
    torch.manual_seed(1)
    values = torch.linalg.svdvals(orthogonalised(torch.randn(2, 40, 24)))
    assert values.min() > 0.4
    assert values.max() < 1.4
