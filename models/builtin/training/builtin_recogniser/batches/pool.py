"""The utterances in memory; new shards are taken in while training runs."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from builtin_recogniser.features import LogMels
from builtin_recogniser.shards import read_shard
from builtin_recogniser.tokens import Tokens

MEMORY_LIMIT = 6_000_000_000
"""Bytes of features in all processes together: about 100 hours of speech."""


@dataclass(frozen=True)
class PooledUtterance:
    """An utterance in the pool."""

    features: npt.NDArray[np.float16]
    """[frames, mels], a view into its shard."""
    tokens: Sequence[int]
    part: str

    def log_mels(self) -> LogMels:
        """A copy in full precision."""
        return self.features.astype(np.float32)


class Pool:
    """The newest shards of a folder that fit into memory, one process's share of them."""

    def __init__(
        self,
        folder: Path,
        tokens: Tokens,
        shares: Mapping[str, float] | None = None,
        rank: int = 0,
        processes: int = 1,
    ) -> None:
        """Read what is there.

        `shares` says how often each part of the text is drawn; without it every utterance is as likely.
        """
        self._folder = folder
        self._tokens = tokens
        self._shares = dict(shares or {})
        self._rank = rank
        self._processes = processes
        self._shards: dict[Path, list[PooledUtterance]] = {}
        self._parts: dict[str, list[PooledUtterance]] = {}
        self.refresh()

    def refresh(self) -> None:
        """Take in shards that are new, and drop the oldest when memory is full."""
        wanted = self._wanted()
        if wanted == list(self._shards):
            return
        # Drop before reading, so that both never lie in memory together.
        self._parts = {}
        for path in set(self._shards) - set(wanted):
            del self._shards[path]
        self._shards = {path: self._shards.get(path) or self._read(path) for path in wanted}
        for utterances in self._shards.values():
            for utterance in utterances:
                self._parts.setdefault(utterance.part if self._shares else "", []).append(utterance)

    def _wanted(self) -> list[Path]:
        """Shards to hold, ordered by name."""
        available = [path for path in self._folder.glob("*.npz") if ".unfinished" not in path.suffixes]
        # By name, so that the processes agree without talking, and a resumed run draws the same.
        own = [path for path in available if zlib.crc32(path.name.encode()) % self._processes == self._rank]
        newest = sorted(own or available, key=lambda path: (path.stat().st_mtime, path.name), reverse=True)
        # Shards are not compressed: their size on the disk is their size in memory.
        sizes = np.cumsum([path.stat().st_size for path in newest])
        return sorted(newest[: int(np.searchsorted(sizes, MEMORY_LIMIT / self._processes))])

    def _read(self, path: Path) -> list[PooledUtterance]:
        shard = read_shard(path)
        starts = np.cumsum(shard.lengths)[:-1]
        return [
            PooledUtterance(features, tokens, part)
            for features, tokens, part in zip(
                np.split(shard.features, starts), self._tokens.encode(shard.texts), shard.parts, strict=True
            )
            # One broken utterance would cost the step of its whole batch.
            if np.isfinite(features).all()
        ]

    def draw(self, generator: np.random.Generator) -> PooledUtterance:
        """Draw an utterance, its part first."""
        parts = list(self._parts)
        if self._shares:
            weights = np.array([self._shares.get(part, 0.0) for part in parts])
            utterances = self._parts[parts[generator.choice(len(parts), p=weights / weights.sum())]]
        else:
            utterances = self._parts[parts[0]]
        return utterances[generator.integers(len(utterances))]

    @property
    def hours(self) -> float:
        """Speech in this process's share."""
        frames = sum(len(one.features) for utterances in self._shards.values() for one in utterances)
        return frames / 360_000
