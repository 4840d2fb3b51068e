"""The archive of an untrained network, read back; the built-in archive as the template."""

import math
from pathlib import Path

import pytest
import torch
import yaml
from torch import Tensor

from builtin_recogniser.commands.export import BUILTIN
from builtin_recogniser.export.archive import CONFIGURATION, WEIGHTS, read_archive, write_archive
from builtin_recogniser.export.encoder_reference import encoder_reference, made_up_signal
from builtin_recogniser.export.input_scale import fold_input_scale, unfold_input_scale
from builtin_recogniser.export.nemo_model import export_nemo, open_nemo
from builtin_recogniser.export.network_settings import network_settings
from builtin_recogniser.export.weights import blended, decode_weights, trained_weights
from builtin_recogniser.network.model import Recogniser
from builtin_recogniser.network.settings import NetworkSettings
from builtin_recogniser.recognition import PyTorchRecogniser, in_whole_chunks

SETTINGS = NetworkSettings(
    vocabulary=1024, width=32, layers=2, heads=2, subsampling_channels=8, prediction_width=24, joint_width=16
)


def checkpoint(folder: Path, **more: object) -> tuple[Path, Recogniser]:
    torch.manual_seed(1)
    network = Recogniser(SETTINGS)
    path = folder / "last.pt"
    torch.save({"model": network.state_dict(), "cfg": SETTINGS.to_checkpoint(), **more}, path)
    return path, network


def test_a_network_comes_back_from_its_archive(tmp_path: Path) -> None:
    path, network = checkpoint(tmp_path)
    export_nemo(trained_weights(path), BUILTIN, tmp_path / "small.nemo")
    again, tokenizer = open_nemo(tmp_path / "small.nemo")
    assert again.settings == SETTINGS
    assert tokenizer.get_piece_size() == 1024
    features = torch.from_numpy(made_up_signal(80, 97, seed=1).T.copy())[None]
    with torch.no_grad():
        torch.testing.assert_close(again.encoder(features, 1), network.encoder(features, 1))


def test_the_configuration_tells_the_sizes_and_keeps_the_rest(tmp_path: Path) -> None:
    path, _ = checkpoint(tmp_path)
    export_nemo(trained_weights(path), BUILTIN, tmp_path / "small.nemo")
    ours = yaml.safe_load(read_archive(tmp_path / "small.nemo")[CONFIGURATION])
    theirs = yaml.safe_load(read_archive(BUILTIN)[CONFIGURATION])
    assert (ours["encoder"]["n_layers"], ours["encoder"]["d_model"], ours["encoder"]["n_heads"]) == (2, 32, 2)
    assert ours["joint"]["jointnet"] | {"activation": "", "dropout": 0} == {
        "joint_hidden": 16,
        "encoder_hidden": 32,
        "pred_hidden": 24,
        "activation": "",
        "dropout": 0,
    }
    for same in ("preprocessor", "tokenizer", "labels", "decoding"):
        assert ours[same] == theirs[same]
    assert ours["encoder"]["att_context_size"] == theirs["encoder"]["att_context_size"]


def test_equal_weights_give_equal_bytes(tmp_path: Path) -> None:
    path, _ = checkpoint(tmp_path)
    for name in ("one.nemo", "two.nemo"):
        export_nemo(trained_weights(path), BUILTIN, tmp_path / name)
    assert (tmp_path / "one.nemo").read_bytes() == (tmp_path / "two.nemo").read_bytes()


def test_the_moving_average_goes_before_the_weights(tmp_path: Path) -> None:
    average: dict[str, Tensor] = {"joint.enc.bias": torch.ones(3), "ctc.bias": torch.ones(3)}
    path, _ = checkpoint(tmp_path, ema=average)
    weights = trained_weights(path)
    assert list(weights) == ["joint.enc.bias"]
    assert weights["joint.enc.bias"].tolist() == [1, 1, 1]


def test_the_built_in_archive_is_what_its_own_weights_give(tmp_path: Path) -> None:
    network, _ = open_nemo(BUILTIN)
    weights = {name: tensor for name, tensor in network.state_dict().items() if not name.startswith("ctc")}
    export_nemo(weights, BUILTIN, tmp_path / "again.nemo")
    ours, theirs = (
        decode_weights(read_archive(path)[WEIGHTS]) for path in (tmp_path / "again.nemo", BUILTIN)
    )
    assert ours.keys() == theirs.keys()
    for name, tensor in ours.items():
        torch.testing.assert_close(tensor, theirs[name])
    assert network_settings(ours) == network.settings


def test_folding_gives_what_scaling_gives() -> None:
    kernel, bias = "encoder.pre_encode.conv.0.weight", "encoder.pre_encode.conv.0.bias"
    torch.manual_seed(2)
    weights = {kernel: torch.randn(4, 1, 3, 3), bias: torch.randn(4)}
    image = torch.randn(1, 1, 20, 10) * 3 - 9
    folded = fold_input_scale(weights)
    expected = torch.nn.functional.conv2d((image + 9) / 4, weights[kernel], weights[bias], stride=2)
    found = torch.nn.functional.conv2d(image, folded[kernel], folded[bias], stride=2)
    torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-5)
    for name, tensor in unfold_input_scale(folded).items():
        torch.testing.assert_close(tensor, weights[name], rtol=1e-4, atol=1e-5)


def test_another_vocabulary_is_refused(tmp_path: Path) -> None:
    network = Recogniser(NetworkSettings(vocabulary=9, width=32, layers=1, heads=2, subsampling_channels=8))
    with pytest.raises(ValueError, match="1024 tokens, the network 9"):
        export_nemo(network.state_dict(), BUILTIN, tmp_path / "none.nemo")


def test_archives_keep_names_and_order(tmp_path: Path) -> None:
    members = {"b": b"first", "a": b""}
    write_archive(tmp_path / "archive", members)
    assert list(read_archive(tmp_path / "archive").items()) == list(members.items())


@pytest.mark.parametrize(("frames", "whole"), [(0, 41), (9, 41), (10, 57), (25, 57), (26, 73)])
def test_chunks_are_filled_and_two_follow(frames: int, whole: int) -> None:
    features = made_up_signal(80, max(frames, 1), seed=1).T[:frames]
    padded = in_whole_chunks(features, right_context=1)
    assert len(padded) == whole
    assert padded[frames:].max() == pytest.approx(math.log(2.0**-24))


def test_silence_holds_no_word_and_references_have_the_shapes_that_are_promised() -> None:
    network, tokenizer = open_nemo(BUILTIN)
    silence = made_up_signal(1, 16_000, seed=1)[0] * 0
    assert PyTorchRecogniser(network, tokenizer, right_context=1).recognise(silence).ids == []
    references = encoder_reference(network)
    width, layers = network.settings.width, network.settings.layers
    assert references["R1.encoded"].shape == (82, width)
    assert references["R6.cache_last_time"].shape == (layers, width, network.settings.kernel - 1)


def test_blends_weights_by_share() -> None:
    earlier, later = {"a": torch.zeros(3)}, {"a": torch.full((3,), 4.0)}
    assert blended(later, earlier, 0.75)["a"].tolist() == [3.0, 3.0, 3.0]
