"""A pipecat pipeline around one service, whose frames are kept."""

import asyncio
import sys

from loguru import logger
from pipecat.frames.frames import EndFrame, ErrorFrame, Frame, InputAudioRawFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.runner import PipelineRunner
from pipecat.pipeline.task import PipelineParams, PipelineTask
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from sound import pieces, read_sound

logger.remove()
logger.add(sys.stderr, level="ERROR")


class Frames(FrameProcessor):
    """Keeps the frames that pass, and waits for one of a kind."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[Frame] = []
        self._came = asyncio.Event()

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        assert not isinstance(frame, ErrorFrame), frame
        self.all.append(frame)
        self._came.set()
        await self.push_frame(frame, direction)

    def of(self, kind: type) -> list[Frame]:
        return [frame for frame in self.all if isinstance(frame, kind)]

    async def until(self, kind: type) -> Frame:
        while not self.of(kind):
            self._came.clear()
            await self._came.wait()
        return self.of(kind)[0]


async def run_pipeline(processors: list, act, rate: int = 16_000) -> Frames:
    """Runs `act(task, frames)` beside the pipeline, then ends it. @returns what came out"""
    frames = Frames()
    task = PipelineTask(
        Pipeline([*processors, frames]),
        params=PipelineParams(audio_in_sample_rate=rate, audio_out_sample_rate=24_000),
        idle_timeout_secs=None,
    )

    async def acting() -> None:
        try:
            await act(task, frames)
        finally:
            await task.queue_frame(EndFrame())

    acted = asyncio.create_task(acting())
    await PipelineRunner(handle_sigint=False).run(task)
    await acted
    return frames


def sound_frames(path: str, silence_seconds: float = 0) -> list[Frame]:
    """A recording as a transport's frames of 20 ms."""
    sound, rate = read_sound(path)
    whole = sound + bytes(2 * round(rate * silence_seconds))
    return [
        InputAudioRawFrame(audio=piece, sample_rate=rate, num_channels=1)
        for piece in pieces(whole, rate // 25)
    ]
