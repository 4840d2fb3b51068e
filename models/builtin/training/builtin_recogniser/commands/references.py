"""Write anew, from PyTorch, what tests of the product expect of the built-in weights.

Run it whenever `models/builtin/builtin.nemo` changes. The recordings and the two files lie in the repository.
"""

import argparse
import json
from dataclasses import asdict

from builtin_recogniser.commands.export import BUILTIN

REPOSITORY = BUILTIN.parents[2]
RECORDINGS = REPOSITORY / "packages/speech/src/transducer/fixtures/audio"
FIXTURES = REPOSITORY / "packages/nemo-onnx/fixtures"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""
    del parser


def run(arguments: argparse.Namespace) -> None:
    """Write token ids and texts of the recordings, and outputs of the encoder."""
    import torch

    from builtin_recogniser.export.encoder_reference import encoder_reference
    from builtin_recogniser.export.nemo_model import open_nemo
    from builtin_recogniser.export.safetensors import write_safetensors
    from builtin_recogniser.recognition import PyTorchRecogniser
    from builtin_recogniser.wave_file import read_wave

    # One recording is too little for more threads: they would wait for each other.
    torch.set_num_threads(1)
    del arguments
    network, tokenizer = open_nemo(BUILTIN)
    heard: dict[str, dict[str, object]] = {path.stem: {} for path in sorted(RECORDINGS.glob("*.wav"))}
    for right_context in (1, 6):
        recogniser = PyTorchRecogniser(network, tokenizer, right_context)
        for name, of_recording in heard.items():
            recognition = recogniser.recognise(read_wave(RECORDINGS / f"{name}.wav"))
            of_recording[f"R{right_context}"] = asdict(recognition)
    lines = [f' "{name}": {json.dumps(of_recording)}' for name, of_recording in heard.items()]
    recognised = FIXTURES / "builtin-pytorch" / "recognised.json"
    recognised.parent.mkdir(exist_ok=True)
    recognised.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    write_safetensors(FIXTURES / "builtin-encoder.safetensors", encoder_reference(network))
