"""Recognise WAV files in plain PyTorch or onnxruntime, and print token ids and text as JSON."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from builtin_recogniser.commands.export import BUILTIN


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("recordings", type=Path, nargs="+", help="WAV files, 16-bit mono at 16 kHz")
    parser.add_argument(
        "--model", type=Path, default=BUILTIN, help="a .nemo archive, for PyTorch, or a folder of ONNX files"
    )
    parser.add_argument(
        "--right-context", type=int, default=1, help="frames of 80 ms that a frame looks ahead"
    )


def run(arguments: argparse.Namespace) -> None:
    """Print `{file: {"ids": […], "text": "…"}}`."""
    import torch

    from builtin_recogniser.onnx_recognition import OnnxRecogniser
    from builtin_recogniser.recognition import PyTorchRecogniser
    from builtin_recogniser.wave_file import read_wave

    # One recording is too little for more threads: they would wait for each other.
    torch.set_num_threads(1)
    open_recogniser = OnnxRecogniser if arguments.model.is_dir() else PyTorchRecogniser.open
    recogniser = open_recogniser(arguments.model, arguments.right_context)
    heard = {str(path): asdict(recogniser.recognise(read_wave(path))) for path in arguments.recordings}
    print(json.dumps(heard, indent=1))
