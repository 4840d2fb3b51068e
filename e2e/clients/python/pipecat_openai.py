"""pipecat's OpenAI services for STT and TTS. usage: pipecat_openai.py ADDRESS RECORDING SENTENCE"""

import asyncio
import sys

from pipecat.frames.frames import (
    TranscriptionFrame,
    TTSAudioRawFrame,
    TTSSpeakFrame,
    TTSStoppedFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.services.openai.stt import OpenAIRealtimeSTTService, OpenAISTTService
from pipecat.services.openai.tts import OpenAITTSService

from pipecat_pipeline import run_pipeline, sound_frames
from sound import seconds, spoken_words

address, recording, sentence = sys.argv[1:4]


async def speak_turn(task, frames) -> None:
    turn = [VADUserStartedSpeakingFrame(), *sound_frames(recording), VADUserStoppedSpeakingFrame()]
    await task.queue_frames(turn)
    await frames.until(TranscriptionFrame)


async def hears(name: str, service) -> None:
    frames = await run_pipeline([service], speak_turn, rate=24_000)
    heard = " ".join(frame.text for frame in frames.of(TranscriptionFrame))
    assert spoken_words(heard) == spoken_words(sentence), heard
    print(f"{name}: {heard}")


async def speaks(service) -> None:
    async def say(task, frames) -> None:
        await task.queue_frames([TTSSpeakFrame("My name is Anna and I live in a small town.")])
        await frames.until(TTSStoppedFrame)

    frames = await run_pipeline([service], say)
    spoken = frames.of(TTSAudioRawFrame)
    length = sum(seconds(frame.audio, frame.sample_rate) for frame in spoken)
    assert {frame.sample_rate for frame in spoken} == {24_000} and 1.5 < length < 6, length
    print(f"OpenAITTSService: {length:.1f} s of sound")


async def main() -> None:
    await hears("OpenAISTTService", OpenAISTTService(api_key="any", base_url=f"http://{address}/v1"))
    realtime = OpenAIRealtimeSTTService(api_key="any", base_url=f"ws://{address}/v1/realtime")
    await hears("OpenAIRealtimeSTTService", realtime)
    await speaks(OpenAITTSService(api_key="any", base_url=f"http://{address}/v1"))


asyncio.run(main())
