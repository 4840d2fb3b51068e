"""A client that speaks the voice bot's two WebSockets, written from their description.

usage: voice_bot.py ADDRESS RECORDING SENTENCE
"""

import asyncio
import json
import sys

from websockets.asyncio.client import connect

from sound import pieces, read_sound, seconds, spoken_words

address, recording, sentence = sys.argv[1:4]


async def hear() -> None:
    sound, rate = read_sound(recording)
    assert rate == 16_000
    async with connect(f"ws://{address}") as socket:
        assert json.loads(await socket.recv()) == {"type": "ready"}
        for piece in pieces(sound, 640):
            await socket.send(piece)
        await socket.send(json.dumps({"type": "reset"}))
        async for message in socket:
            transcript = json.loads(message)
            if transcript["type"] == "transcript" and transcript["is_final"]:
                break
    assert spoken_words(transcript["text"]) == spoken_words(sentence), transcript
    print(f"recognition: {transcript['text']}")


async def speak() -> None:
    async with connect(f"ws://{address}/ws/tts/stream") as socket:
        await socket.send(json.dumps({"type": "init", "voice": "aria", "language": "en"}))
        await socket.send(json.dumps({"type": "text", "text": "Good evening.", "mode": "stream"}))
        await socket.send(json.dumps({"type": "close"}))
        sound, told = b"", []
        async for message in socket:
            if isinstance(message, bytes):
                sound += message
                continue
            told.append(json.loads(message))
            if told[-1]["type"] == "done":
                break
    kinds = [message["type"] for message in told]
    assert kinds == ["stream_created", "segment_complete", "done"], kinds
    # The client takes what comes for 22,050 Hz, whatever the server says.
    length = 1_000 * seconds(sound, 22_050)
    assert abs(length - told[-1]["total_audio_ms"]) < 20 and length > 300, (length, told)
    print(f"speech: {length:.0f} ms, as done says")


async def main() -> None:
    await hear()
    await speak()


asyncio.run(main())
