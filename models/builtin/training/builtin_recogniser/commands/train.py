"""Train the recogniser, resuming where the run stopped; see RUN/log.txt for how it goes."""

import argparse
import os
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "folder", type=Path, metavar="RUN", help="folder of the run: last.pt, best.pt, log.txt"
    )
    parser.add_argument("--shards", type=Path, required=True, help="folder that synthesise writes to")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--from", dest="start", type=Path, help="checkpoint to begin from")
    parser.add_argument("--validation", type=Path, help="folder of evaluation audio")
    parser.add_argument("--minutes", type=float, default=90, help="of the whole run")
    parser.add_argument("--decay-minutes", type=float, default=30, help="of falling rate at its end")
    parser.add_argument("--learning-rate", type=float, default=1.2e-3)
    parser.add_argument("--processes", type=int, default=2, help="one a core")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--share",
        action="append",
        default=[],
        metavar="PART=WEIGHT",
        help="how often a part of the text is drawn; without it as often as it is in the shards",
    )


def run(arguments: argparse.Namespace) -> None:
    """Train."""
    from builtin_recogniser.training.environment import is_prepared, training_environment

    if not is_prepared():
        os.execve(sys.executable, sys.orig_argv, training_environment())

    from builtin_recogniser.training.launch import launch
    from builtin_recogniser.training.settings import TrainingSettings

    arguments.folder.mkdir(parents=True, exist_ok=True)
    launch(
        TrainingSettings(
            run=arguments.folder,
            shards=arguments.shards,
            tokenizer=arguments.tokenizer,
            start=arguments.start,
            validation=arguments.validation,
            minutes=arguments.minutes,
            decay_minutes=arguments.decay_minutes,
            learning_rate=arguments.learning_rate,
            processes=arguments.processes,
            seed=arguments.seed,
            shares={part: float(weight) for part, weight in (share.split("=") for share in arguments.share)},
        )
    )
