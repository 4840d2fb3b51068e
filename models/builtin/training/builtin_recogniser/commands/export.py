"""Write a training run's network as a `.nemo` archive.

The archive takes the place of `models/builtin/builtin.nemo`; from it Parley's own converter writes everything
that the product loads (see README.md).
"""

import argparse
from pathlib import Path

BUILTIN = Path(__file__).parents[3] / "builtin.nemo"
"""The archive that comes with Parley."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "checkpoint", type=Path, help="RUN/last.pt; its moving average is taken where it has one"
    )
    parser.add_argument("output", type=Path, help="folder for builtin.nemo")
    parser.add_argument("--blend", type=Path, metavar="CHECKPOINT", help="from which training went on")
    parser.add_argument("--share", type=float, default=0.75, help="of the later weights in a blend")
    parser.add_argument("--template", type=Path, default=BUILTIN, help="archive that lends its tokenizer")


def run(arguments: argparse.Namespace) -> None:
    """Write `OUTPUT/builtin.nemo`."""
    from builtin_recogniser.export.nemo_model import export_nemo
    from builtin_recogniser.export.weights import blended, trained_weights

    arguments.output.mkdir(parents=True, exist_ok=True)
    path = arguments.output / "builtin.nemo"
    weights = trained_weights(arguments.checkpoint)
    if arguments.blend:
        weights = blended(weights, trained_weights(arguments.blend), arguments.share)
    export_nemo(weights, arguments.template, path)
    print(f"{path}: {path.stat().st_size:,} bytes")
