"""The log of a run."""

import time
from pathlib import Path

from builtin_recogniser.loss.total import Losses
from builtin_recogniser.training.checkpoint import Progress

STEPS_A_LINE = 50


class Log:
    """Lines with the time of day, in a file."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a")
        self._losses: list[Losses] = []
        self._seconds = 0.0
        self._since = time.monotonic()

    def write(self, line: str) -> None:
        """Write a line."""
        print(time.strftime("%H:%M:%S"), line, file=self._file, flush=True)

    def step(self, losses: Losses, audio_seconds: float, progress: Progress, rate: float) -> None:
        """Note a step, and write a line about every fifty of them."""
        self._losses.append(losses)
        self._seconds += audio_seconds
        if len(self._losses) < STEPS_A_LINE:
            return
        transducer = sum(one.transducer for one in self._losses) / STEPS_A_LINE
        ctc = sum(one.ctc for one in self._losses) / STEPS_A_LINE
        now = time.monotonic()
        self.write(
            f"step {progress.step} transducer {transducer:.3f} ctc {ctc:.3f} rate {rate:.5f}"
            f" speed {self._seconds / (now - self._since):.0f}x"
            f" heard {progress.audio_seconds / 3600:.1f} h minute {progress.minutes:.1f}"
        )
        self._losses = []
        self._seconds = 0.0
        self._since = now
