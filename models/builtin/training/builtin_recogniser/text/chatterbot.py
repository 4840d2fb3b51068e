"""Reads the English conversations of the PyPI package `chatterbot-corpus` (BSD licence)."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

_LEFT_OUT = {"coding"}
"""Files of program text."""
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")


def _folder() -> Path:
    package = importlib.util.find_spec("chatterbot_corpus")
    if package is None or not package.submodule_search_locations:
        raise SystemExit("the conversations need a package: pip install chatterbot-corpus")
    return Path(package.submodule_search_locations[0]) / "data" / "english"


def conversation_lines() -> Iterator[str]:
    """Yield every sentence of the conversations as it is written."""
    for path in sorted(_folder().glob("*.yml")):
        if path.stem in _LEFT_OUT:
            continue
        for conversation in yaml.safe_load(path.read_text(encoding="utf-8"))["conversations"]:
            for turn in conversation:
                yield from _SENTENCE_END.split(" ".join(str(turn).split()))
