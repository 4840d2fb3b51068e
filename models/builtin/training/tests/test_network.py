"""The network: what it may see, and how it begins."""

import pytest
import torch

from builtin_recogniser.network.attention import relative_positions
from builtin_recogniser.network.initialisation import fit_subsampling
from builtin_recogniser.network.model import Recogniser
from builtin_recogniser.network.settings import NetworkSettings

SETTINGS = NetworkSettings(
    vocabulary=20, width=16, layers=2, heads=2, subsampling_channels=4, left_context=6, joint_width=8
)


def recogniser() -> Recogniser:
    torch.manual_seed(1)
    return Recogniser(SETTINGS).eval()


@pytest.mark.parametrize("right_context", [0, 1, 6])
@torch.no_grad()
def test_what_comes_after_a_chunk_has_no_influence_on_it(right_context: int) -> None:
    model = recogniser()
    features = torch.randn(1, 8 * 28 + 1, 80) * 3 - 9
    encoded = model.encoder(features, right_context)
    # Encoder frame n reads log-mels up to 8n.
    chunk_end = 2 * (right_context + 1)
    changed = features.clone()
    changed[:, 8 * (chunk_end - 1) + 1 :] += 5
    again = model.encoder(changed, right_context)
    torch.testing.assert_close(again[:, :chunk_end], encoded[:, :chunk_end])
    assert (again[:, chunk_end] - encoded[:, chunk_end]).abs().max() > 1e-3


@torch.no_grad()
def test_the_whole_chunk_is_visible_to_its_first_frame() -> None:
    model = recogniser()
    features = torch.randn(1, 8 * 14 + 1, 80) * 3 - 9
    changed = features.clone()
    changed[:, 8 * 6] += 5
    difference = model.encoder(changed, 6) - model.encoder(features, 6)
    assert difference[0, 0].abs().max() > 1e-4


@torch.no_grad()
def test_attention_reaches_the_left_context_and_no_further() -> None:
    model = recogniser()
    model.encoder.layers = model.encoder.layers[:1]
    features = torch.randn(1, 8 * 30 + 1, 80) * 3 - 9
    changed = features.clone()
    changed[:, :8] += 5
    difference = (model.encoder(changed, 1) - model.encoder(features, 1))[0].abs().amax(1)
    # The subsampling and the convolution of 9 frames carry the change on before attention is asked.
    assert difference[:2].min() > 1e-3
    assert difference[20:].max() < 1e-5


def test_distances_are_antisymmetric_in_the_sines_and_symmetric_in_the_cosines() -> None:
    positions = relative_positions(5, 8)
    assert positions.shape == (9, 8)
    torch.testing.assert_close(positions[:, 0::2], -positions.flip(0)[:, 0::2])
    torch.testing.assert_close(positions[:, 1::2], positions.flip(0)[:, 1::2])


@torch.no_grad()
def test_fitted_subsampling_has_unit_variance() -> None:
    model = recogniser()
    features = torch.randn(4, 161, 80) * 3 - 9
    fit_subsampling(model.encoder.pre_encode, features)
    frames = model.encoder.pre_encode(features)
    torch.testing.assert_close(frames.mean((0, 1)), torch.zeros(16), atol=1e-3, rtol=0)
    torch.testing.assert_close(frames.std((0, 1)), torch.ones(16), atol=0.02, rtol=0)


def test_checkpoints_keep_the_sizes() -> None:
    assert NetworkSettings.from_checkpoint(SETTINGS.to_checkpoint()) == SETTINGS
