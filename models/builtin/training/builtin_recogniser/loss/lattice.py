"""Forward-backward over the transducer's lattice of frames and tokens (Graves 2012, section 2.4)."""

import math
from dataclasses import dataclass

import numba
import numpy as np
import numpy.typing as npt

Grid = npt.NDArray[np.float64]
"""[batch, frames, tokens + 1]."""
Lengths = npt.NDArray[np.int64]

_IMPOSSIBLE = -1e30


@dataclass(frozen=True)
class Occupancy:
    """Where the alignments of the target go."""

    blank: Grid
    """Posterior probability that an alignment writes a blank in a cell, and so goes to the next frame."""
    token: Grid
    """Posterior probability that it writes the next token there."""
    losses: npt.NDArray[np.float64]
    """-log p(target) of every utterance."""


def occupancy(blank: Grid, token: Grid, frame_counts: Lengths, token_counts: Lengths) -> Occupancy:
    """Posteriors from the log-probabilities of the blank and of the next token in every cell."""
    result = Occupancy(np.zeros_like(blank), np.zeros_like(blank), np.zeros(len(blank)))
    _fill(blank, token, frame_counts, token_counts, result.blank, result.token, result.losses)
    return result


@numba.njit(cache=True)
def _log_add(first: float, second: float) -> float:
    larger = max(first, second)
    return larger + math.log(math.exp(first - larger) + math.exp(second - larger))


@numba.njit(cache=True)
def _fill(  # noqa: PLR0917
    blank: Grid,
    token: Grid,
    frame_counts: Lengths,
    token_counts: Lengths,
    blank_posterior: Grid,
    token_posterior: Grid,
    losses: npt.NDArray[np.float64],
) -> None:
    for item in range(len(blank)):
        frames = frame_counts[item]
        states = token_counts[item] + 1
        before = _forward(blank[item], token[item], frames, states)
        after = _backward(blank[item], token[item], frames, states)
        total = after[0, 0]
        losses[item] = -total
        for frame in range(frames):
            for state in range(states):
                if frame < frames - 1:
                    path = before[frame, state] + blank[item, frame, state] + after[frame + 1, state]
                    blank_posterior[item, frame, state] = math.exp(path - total)
                elif state == states - 1:
                    path = before[frame, state] + blank[item, frame, state]
                    blank_posterior[item, frame, state] = math.exp(path - total)
                if state < states - 1:
                    path = before[frame, state] + token[item, frame, state] + after[frame, state + 1]
                    token_posterior[item, frame, state] = math.exp(path - total)


@numba.njit(cache=True)
def _forward(blank: Grid, token: Grid, frames: int, states: int) -> Grid:
    """Log-probability of everything written before a cell."""
    result = np.zeros((frames, states))
    for frame in range(frames):
        for state in range(states):
            if frame == 0 and state == 0:
                continue
            by_blank = by_token = _IMPOSSIBLE
            if frame > 0:
                by_blank = result[frame - 1, state] + blank[frame - 1, state]
            if state > 0:
                by_token = result[frame, state - 1] + token[frame, state - 1]
            result[frame, state] = _log_add(by_blank, by_token)
    return result


@numba.njit(cache=True)
def _backward(blank: Grid, token: Grid, frames: int, states: int) -> Grid:
    """Log-probability of everything that is still to be written in a cell."""
    result = np.zeros((frames, states))
    for frame in range(frames - 1, -1, -1):
        for state in range(states - 1, -1, -1):
            if frame == frames - 1 and state == states - 1:
                result[frame, state] = blank[frame, state]
                continue
            by_blank = by_token = _IMPOSSIBLE
            if frame < frames - 1:
                by_blank = result[frame + 1, state] + blank[frame, state]
            if state < states - 1:
                by_token = result[frame, state + 1] + token[frame, state]
            result[frame, state] = _log_add(by_blank, by_token)
    return result
