"""The `.nemo` archive of a trained network, and the network of an archive."""

from collections.abc import Mapping
from pathlib import Path

from sentencepiece import SentencePieceProcessor
from torch import Tensor

from builtin_recogniser.export.archive import CONFIGURATION, WEIGHTS, read_archive, write_archive
from builtin_recogniser.export.configuration import configuration_for
from builtin_recogniser.export.input_scale import fold_input_scale, unfold_input_scale
from builtin_recogniser.export.network_settings import network_settings
from builtin_recogniser.export.weights import (
    decode_weights,
    encode_weights,
    is_training_aid,
    preprocessor_buffers,
    without_preprocessor,
)
from builtin_recogniser.network.model import Recogniser


def export_nemo(weights: Mapping[str, Tensor], template: Path, path: Path) -> None:
    """Write an archive with the tokenizer, preprocessor and streaming contexts of another one.

    The template holds what NeMo 3.0.0's `EncDecRNNTBPEModel.save_to` wrote, so that its `restore_from` reads
    this one as well. Equal weights give equal bytes.
    """
    members = read_archive(template)
    preprocessor = preprocessor_buffers(decode_weights(members[WEIGHTS]))
    members[CONFIGURATION] = configuration_for(members[CONFIGURATION], network_settings(weights))
    members[WEIGHTS] = encode_weights({**preprocessor, **fold_input_scale(weights)})
    write_archive(path, members)


def open_nemo(path: Path) -> tuple[Recogniser, SentencePieceProcessor]:
    """The network of an archive, ready to recognise, and its tokenizer."""
    members = read_archive(path)
    weights = unfold_input_scale(without_preprocessor(decode_weights(members[WEIGHTS])))
    network = Recogniser(network_settings(weights))
    missing, unknown = network.load_state_dict(weights, strict=False)
    strangers = [name for name in missing if not is_training_aid(name)] + unknown
    if strangers:
        raise ValueError(f"{path}: missing or unknown tensors {strangers}")
    model = next(content for name, content in members.items() if name.endswith("_tokenizer.model"))
    return network.eval(), SentencePieceProcessor(model_proto=model)
