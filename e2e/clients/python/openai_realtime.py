"""The `openai` package's Realtime. usage: openai_realtime.py ADDRESS RECORDING SENTENCE"""

import asyncio
import base64
import sys

from openai import AsyncOpenAI

from sound import pieces, read_sound, seconds, spoken_words

address, recording, sentence = sys.argv[1:4]
client = AsyncOpenAI(base_url=f"http://{address}/v1", api_key="any")


async def until(connection, kind: str) -> tuple[object, list[object]]:
    """The next event of this kind, and all that came before it."""
    earlier = []
    async for event in connection:
        assert event.type != "error", event
        if event.type == kind:
            return event, earlier
        earlier.append(event)
    raise AssertionError(f"no {kind}")


async def spoken_turn(connection) -> None:
    sound, rate = read_sound(recording)
    assert rate == 24_000
    for piece in pieces(sound + bytes(72_000), 9_600):
        await connection.input_audio_buffer.append(audio=base64.b64encode(piece).decode())
    done, events = await until(connection, "response.done")
    heard = [e.transcript for e in events if e.type.endswith("input_audio_transcription.completed")]
    assert spoken_words(heard[0]) == spoken_words(sentence), heard
    spoken = b"".join(
        base64.b64decode(event.delta) for event in events if event.type == "response.output_audio.delta"
    )
    assert done.response.status == "completed" and seconds(spoken, 24_000) > 0.5
    print("a spoken turn is heard, transcribed and answered with speech")


async def written_turn(connection) -> None:
    await connection.session.update(session={"type": "realtime", "output_modalities": ["text"]})
    content = [{"type": "input_text", "text": "Hello!"}]
    await connection.conversation.item.create(
        item={"type": "message", "role": "user", "content": content}
    )
    await connection.response.create(response={"max_output_tokens": 2})
    done, _ = await until(connection, "response.done")
    assert done.response.status == "incomplete", done
    assert done.response.status_details.reason == "max_output_tokens", done
    assert done.response.usage.output_tokens <= 2, done
    await connection.response.create()
    done, events = await until(connection, "response.done")
    text = "".join(event.delta for event in events if event.type == "response.output_text.delta")
    assert done.response.status == "completed" and text, done
    print("a line is answered in writing, and a reply ends at max_output_tokens")


async def key() -> str:
    secret = await client.realtime.client_secrets.create(
        session={"type": "realtime", "instructions": "Be brief."}
    )
    assert secret.session.instructions == "Be brief.", secret
    return secret.value


async def main() -> None:
    async with client.realtime.connect(model="gpt-realtime") as connection:
        transcription = {"model": "gpt-4o-transcribe"}
        await connection.session.update(
            session={"type": "realtime", "audio": {"input": {"transcription": transcription}}}
        )
        await spoken_turn(connection)
        await written_turn(connection)
    ephemeral = AsyncOpenAI(base_url=f"http://{address}/v1", api_key=await key())
    async with ephemeral.realtime.connect(model="gpt-realtime") as connection:
        created, _ = await until(connection, "session.created")
        assert created.session.instructions == "Be brief.", created
    print("an ephemeral key opens a session with its settings")


asyncio.run(main())
