"""The processes of a run: this one and its children."""

import signal
import tempfile
import threading
from collections.abc import Callable

from torch import distributed, multiprocessing

from builtin_recogniser.training.processes import Processes
from builtin_recogniser.training.settings import TrainingSettings
from builtin_recogniser.training.trainer import Trainer


def launch(settings: TrainingSettings) -> None:
    """Train; SIGTERM and SIGINT save and end the run."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    with tempfile.TemporaryDirectory() as folder:
        address = f"file://{folder}/rendezvous"
        context = multiprocessing.get_context("spawn")
        children = [
            context.Process(target=_run_child, args=(settings, rank, address), daemon=True)
            for rank in range(1, settings.processes)
        ]
        for child in children:
            child.start()
        _run(settings, 0, address, stop.is_set)
        for child in children:
            child.join()


def _run_child(settings: TrainingSettings, rank: int, address: str) -> None:
    # The first process tells its children when to stop, between two steps.
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, signal.SIG_IGN)
    _run(settings, rank, address, lambda: False)


def _run(settings: TrainingSettings, rank: int, address: str, stop_wanted: Callable[[], bool]) -> None:
    if settings.processes > 1:
        distributed.init_process_group("gloo", init_method=address, rank=rank, world_size=settings.processes)
    Trainer(settings, Processes(rank, settings.processes)).run(stop_wanted)
    if settings.processes > 1:
        distributed.destroy_process_group()
