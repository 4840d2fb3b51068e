"""A rough guess when each token of an utterance is spoken, for the first minutes of training."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from builtin_recogniser.features import LogMels

WORD_START = "\N{LOWER ONE EIGHTH BLOCK}"
"""How SentencePiece writes the space before a word."""

_FRAMES_BEFORE = 12
"""Of silence at the beginning of an utterance."""
_FRAMES_AROUND = 30
"""Of silence at both ends together."""


def spoken_length(piece: str) -> float:
    """How long a token takes to say, in letters or so; a letter that is a word of its own is spelled."""
    letters = piece.replace(WORD_START, "")
    if letters == piece:
        return max(len(letters), 0.7)
    return 0.3 + (2.5 if len(letters) == 1 else max(len(letters), 0.7))


def spread_tokens(
    features: LogMels, tokens: Sequence[int], lengths: npt.NDArray[np.float32], blank: int
) -> npt.NDArray[np.int64]:
    """Spread tokens over an utterance by the length of each token: [frames], the blank around them."""
    frame_tokens = np.full(len(features), blank, np.int64)
    if not tokens:
        return frame_tokens
    ends = np.cumsum(lengths[list(tokens)])
    ends = _FRAMES_BEFORE + ends / ends[-1] * (len(features) - _FRAMES_AROUND)
    frames = np.arange(_FRAMES_BEFORE, max(_FRAMES_BEFORE, int(ends[-1])))
    spoken = np.minimum(np.searchsorted(ends, frames, side="right"), len(tokens) - 1)
    frame_tokens[frames] = np.asarray(tokens)[spoken]
    return frame_tokens
