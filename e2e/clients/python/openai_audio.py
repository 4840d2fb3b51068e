"""The `openai` package's audio with its defaults. usage: openai_audio.py ADDRESS RECORDING SENTENCE"""

import sys
from pathlib import Path

from openai import OpenAI

from sound import spoken_words

address, recording, sentence = sys.argv[1:4]
client = OpenAI(base_url=f"http://{address}/v1", api_key="any", max_retries=0)

audio = client.audio
for model in ("whisper-1", "gpt-4o-transcribe"):
    with open(recording, "rb") as file:
        heard = audio.transcriptions.create(model=model, file=file)
    assert spoken_words(heard.text) == spoken_words(sentence), heard.text
verbose = audio.transcriptions.create(
    model="whisper-1",
    file=Path(recording),
    response_format="verbose_json",
    timestamp_granularities=["word", "segment"],
)
assert len(verbose.words) == len(spoken_words(sentence)) and verbose.segments, verbose
with open(recording, "rb") as file:
    events = list(audio.transcriptions.create(model="gpt-4o-mini-transcribe", file=file, stream=True))
assert events[-1].type == "transcript.text.done" and events[-1].text == heard.text, events
print("transcriptions: as JSON, with times of words, streamed")

assert "whisper-1" in [model.id for model in client.models.list()]
for voice in ("alloy", "ash", "coral", "marin", "nova", "verse"):
    spoken = audio.speech.create(model="gpt-4o-mini-tts", voice=voice, input="Good evening.")
    assert len(spoken.content) > 4_000, voice
lengths = []
for speed in (1.0, 2.0):
    with audio.speech.with_streaming_response.create(
        model="tts-1",
        voice="alloy",
        input="It is a quarter past nine.",
        response_format="pcm",
        speed=speed,
    ) as response:
        lengths.append(sum(len(part) for part in response.iter_bytes()))
assert 1.9 < lengths[0] / lengths[1] < 2.1, lengths
print("speech: six voices, as MP3 and PCM, at twice the speed")
