"""What a training run is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class TrainingSettings:
    """Settings of a run."""

    run: Path
    """Folder of the run: `last.pt` to resume from, `best.pt` to export, `log.txt`."""
    shards: Path
    """Folder of training shards; new ones are taken in while training runs."""
    tokenizer: Path
    start: Path | None
    """Checkpoint to begin from, unless the run has one already; without it training begins from nothing."""
    validation: Path | None
    """Folder of evaluation audio."""
    minutes: float
    """Budget of the whole run, earlier parts included."""
    decay_minutes: float
    """Length of the linear decay at its end."""
    learning_rate: float = 1.2e-3
    """At its highest."""
    warm_up_steps: int = 200
    processes: int = 2
    seed: int = 1
    shares: Mapping[str, float] = field(default_factory=dict)
    """How often each part of the text is drawn; empty for as often as it is in the shards."""
    validation_minutes: float = 5.0
    """From one validation to the next."""
    right_contexts: tuple[int, ...] = (1, 1, 6)
    """Drawn for each step: latency counts most."""
    plain_steps: int = 2_200
    """Training from nothing begins with utterances as they are spoken."""
    variety_steps: int = 2_600
    """From then until the whole variety."""
    gradient_norm: float = 2.0
    """Longer gradients are shortened to this."""

    def variety(self, step: int) -> float:
        """How much is done to the utterances, from 0 to 1."""
        return min(1.0, max(0.0, (step - self.plain_steps) / self.variety_steps))


def learning_rate(settings: TrainingSettings, step_of_run: int, minutes: float) -> float:
    """Warm up, stay, and fall linearly to almost zero when the budget of minutes ends."""
    warm_up = min(1.0, (step_of_run + 1) / settings.warm_up_steps)
    decay = min(1.0, max(0.01, (settings.minutes - minutes) / settings.decay_minutes))
    return settings.learning_rate * warm_up * decay
