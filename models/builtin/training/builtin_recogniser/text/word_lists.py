"""Reads the lists of words, phrases and templates beside the code."""

from functools import cache
from pathlib import Path

TEXT_FOLDER = Path(__file__).parent

NOTHING = "-"
"""A line that stands for no words at all."""


def _read(path: Path) -> tuple[str, ...]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple("" if line == NOTHING else line for line in lines if line)


@cache
def word_list(name: str) -> tuple[str, ...]:
    """Read the entries of `word-lists/NAME.txt`."""
    return _read(TEXT_FOLDER / "word-lists" / f"{name}.txt")


@cache
def templates(category: str) -> tuple[str, ...]:
    """Read the sentences with slots of `templates/CATEGORY.txt`."""
    return _read(TEXT_FOLDER / "templates" / f"{category}.txt")


@cache
def slot_lists() -> dict[str, tuple[str, ...]]:
    """Read every word list and phrase list by the name of the slot that it fills."""
    folders = (TEXT_FOLDER / "word-lists", TEXT_FOLDER / "phrases")
    return {path.stem: _read(path) for folder in folders for path in sorted(folder.glob("*.txt"))}
