"""One process's part of a training run."""

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import torch

from builtin_recogniser.batches.batch import Batch
from builtin_recogniser.batches.loader import Loader
from builtin_recogniser.batches.pool import Pool
from builtin_recogniser.loss.total import Losses, losses
from builtin_recogniser.network.initialisation import fit_subsampling
from builtin_recogniser.network.model import Recogniser
from builtin_recogniser.network.settings import NetworkSettings
from builtin_recogniser.optimiser.optimiser import Optimiser
from builtin_recogniser.tokens import Tokens
from builtin_recogniser.training.averaging import WeightAverage
from builtin_recogniser.training.checkpoint import (
    Checkpoint,
    Progress,
    read_checkpoint,
    read_start,
    write_checkpoint,
    write_weights,
)
from builtin_recogniser.training.log import Log
from builtin_recogniser.training.processes import Processes
from builtin_recogniser.training.settings import TrainingSettings, learning_rate
from builtin_recogniser.training.validation import Validation, mean_rate, summary

_REFRESH_STEPS = 400
"""From one look for new shards to the next: about two minutes."""


class Trainer:
    """Trains until the budget ends or somebody wants it to stop."""

    def __init__(
        self, settings: TrainingSettings, processes: Processes, network: NetworkSettings | None = None
    ) -> None:
        """Resume or begin; `network` says the sizes where training begins from nothing."""
        torch.set_num_threads(1)
        torch.manual_seed(settings.seed)
        self._settings = settings
        self._processes = processes
        checkpoint = _found(settings)
        tokens = Tokens(settings.tokenizer)
        self._network = checkpoint.network if checkpoint else network or NetworkSettings(len(tokens.pieces))
        self.progress = checkpoint.progress if checkpoint else Progress()
        pool = Pool(settings.shards, tokens, settings.shares, processes.rank, processes.count)
        positions = self.progress.positions
        self._loader = Loader(
            pool,
            tokens,
            # Another part of the seed for every run, lest a second run repeats the batches of the first.
            seed=(settings.seed, self.progress.first_step, processes.rank),
            position=positions[processes.rank] if len(positions) == processes.count else None,
        )
        self.model = Recogniser(self._network)
        self._optimiser = Optimiser(self.model, processes)
        if checkpoint:
            self.model.load_state_dict(checkpoint.weights)
            if checkpoint.optimiser:
                self._optimiser.load_state_dict(checkpoint.optimiser)
        else:
            fit_subsampling(self.model.encoder.pre_encode, self._loader.next(variety=0).features)
            processes.take_from_first([parameter.data for parameter in self.model.parameters()])
        self._average = WeightAverage(self.model)
        if checkpoint:
            self._average.load_state_dict(checkpoint.average)
        self._averaged_model = Recogniser(self._network).eval()
        self._validation = (
            Validation(settings.validation, tokens, processes) if settings.validation is not None else None
        )
        self._log = Log(settings.run / "log.txt") if processes.rank == 0 else None
        self._say(
            f"begin at step {self.progress.step} with {pool.hours:.1f} h of speech a process: {settings}"
        )

    def run(self, stop_wanted: Callable[[], bool]) -> None:
        """Train until the first process's `stop_wanted` or the end of the budget; save in either case."""
        settings, progress = self._settings, self.progress
        earlier = progress.minutes
        began = time.monotonic()
        next_validation = progress.minutes + settings.validation_minutes
        stopped = False
        while not stopped and progress.minutes < settings.minutes:
            batch = self._loader.next(settings.variety(progress.step))
            batch_losses = self._differentiate(batch)
            minutes = earlier + (time.monotonic() - began) / 60
            stopped, progress.minutes = self._agree(stop_wanted(), minutes)
            rate = learning_rate(settings, progress.step - progress.first_step, progress.minutes)
            self._update(rate)
            heard = batch.seconds * self._processes.count
            progress.step += 1
            progress.audio_seconds += heard
            if self._log:
                self._log.step(batch_losses, heard, progress, rate)
            if progress.step % _REFRESH_STEPS == 0:
                self._loader.pool.refresh()
            if progress.minutes >= next_validation and not stopped:
                self.validate()
                self.save()
                next_validation = progress.minutes + settings.validation_minutes
        if not stopped:
            self.validate()
        self.save()
        self._say("stopped" if stopped else "finished")

    def _differentiate(self, batch: Batch) -> Losses:
        # Of the step alone, so that all processes draw the same.
        generator = np.random.default_rng((self._settings.seed, self.progress.step))
        right_context = int(generator.choice(self._settings.right_contexts))
        result = losses(self.model, batch, right_context, self.progress.step)
        result.total.backward()  # type: ignore[no-untyped-call]
        return result

    def _agree(self, stop_wanted: bool, minutes: float) -> tuple[bool, float]:
        """Average the gradients, and take over the first process's clock and wish to stop."""
        count = self._processes.count
        first = self._processes.rank == 0
        control = torch.tensor([float(stop_wanted), minutes]) if first else torch.zeros(2)
        gradients = [parameter.grad for parameter in self.model.parameters() if parameter.grad is not None]
        self._processes.sum_together([*gradients, control])
        for gradient in gradients:
            gradient.div_(count)
        stop, agreed = control.tolist()
        return stop > 0, agreed

    def _update(self, rate: float) -> None:
        norm = torch.nn.utils.clip_grad_norm_(self.model.parameters(), self._settings.gradient_norm)
        # A batch that overflowed teaches nothing.
        if torch.isfinite(norm):
            self._optimiser.step(rate)
        self.model.zero_grad(set_to_none=True)
        self._average.update()

    def validate(self) -> None:
        """Log word error rates of the weights and of their average, and keep the best weights so far."""
        if self._validation is None:
            return
        self._averaged_model.load_state_dict(self._average.state_dict())
        wide = self._validation.error_rates(self._averaged_model, right_context=6)
        self._say(f"validation, averaged weights, right context 6: {summary(wide)}")
        for name, model in (("averaged", self._averaged_model), ("last", self.model)):
            rates = self._validation.error_rates(model, right_context=1)
            error_rate = mean_rate(rates)
            self._say(f"validation, {name} weights, right context 1: mean {error_rate:.2f} {summary(rates)}")
            if error_rate < self.progress.best_error_rate:
                self.progress.best_error_rate = error_rate
                if self._log:
                    path = self._settings.run / "best.pt"
                    write_weights(path, self._network, model.state_dict(), self.progress)

    def save(self) -> None:
        """Write `last.pt`."""
        positions = self._processes.gather(self._loader.position)
        if self._log:
            checkpoint = Checkpoint(
                self._network,
                self.model.state_dict(),
                self._average.state_dict(),
                self._optimiser.state_dict(),
                replace(self.progress, positions=positions),
            )
            write_checkpoint(self._settings.run / "last.pt", checkpoint)

    def _say(self, line: str) -> None:
        if self._log:
            self._log.write(line)


def _found(settings: TrainingSettings) -> Checkpoint | None:
    """What to go on from: the run itself, or the checkpoint that it is to begin from."""
    own = settings.run / "last.pt"
    if own.exists():
        return read_checkpoint(own)
    return read_start(settings.start) if settings.start else None
