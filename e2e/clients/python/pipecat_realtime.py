"""pipecat's Realtime service. usage: pipecat_realtime.py ADDRESS RECORDING SENTENCE"""

import asyncio
import sys

from pipecat.frames.frames import (
    LLMFullResponseEndFrame,
    LLMRunFrame,
    TTSAudioRawFrame,
    TTSStoppedFrame,
    TTSTextFrame,
)
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import LLMContextAggregatorPair
from pipecat.services.openai.realtime.llm import OpenAIRealtimeLLMService

from pipecat_pipeline import run_pipeline, sound_frames
from sound import seconds

address, recording, sentence = sys.argv[1:4]


async def main() -> None:
    service = OpenAIRealtimeLLMService(api_key="any", base_url=f"ws://{address}/v1/realtime")
    context = LLMContext([{"role": "user", "content": "Say hello."}])
    pair = LLMContextAggregatorPair(context)

    async def talk(task, frames) -> None:
        await task.queue_frames([LLMRunFrame()])
        await frames.until(TTSStoppedFrame)
        greeted = len(frames.of(TTSAudioRawFrame))
        for frame in sound_frames(recording, silence_seconds=1.5):
            await task.queue_frame(frame)
            await asyncio.sleep(0.02)
        while len(frames.of(TTSStoppedFrame)) < 2:
            await asyncio.sleep(0.05)
        assert len(frames.of(TTSAudioRawFrame)) > greeted

    frames = await run_pipeline([pair.user(), service], talk, rate=24_000)
    spoken = frames.of(TTSAudioRawFrame)
    length = sum(seconds(frame.audio, frame.sample_rate) for frame in spoken)
    assert length > 1 and frames.of(LLMFullResponseEndFrame), length
    said = " ".join(frame.text for frame in frames.of(TTSTextFrame))
    assert said.strip(), "no text of what was said"
    print(f"OpenAIRealtimeLLMService: a greeting and an answer to a spoken line, {length:.1f} s")


asyncio.run(main())
