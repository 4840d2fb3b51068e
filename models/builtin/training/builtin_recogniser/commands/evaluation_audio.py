"""Speak test sentences in named voices, each in its own way; write WAV files with their transcripts."""

import argparse
from pathlib import Path

SECONDS_BEFORE, SECONDS_AFTER = 0.3, 0.5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "text", type=Path, help="file of category<TAB>sentence; its name becomes the set's name"
    )
    parser.add_argument("out", type=Path, help="gets SET/VOICE/0000.wav … and SET/VOICE/transcripts.tsv")
    parser.add_argument(
        "--voices", required=True, help="as flite-slt,espeak-en-gb+f3,festival-ked_diphone,pico-en-US"
    )
    parser.add_argument("--sentences", type=int, help="only the first so many")


def run(arguments: argparse.Namespace) -> None:
    """Write one folder a voice."""
    lines = arguments.text.read_text().splitlines()[: arguments.sentences]
    sentences = [line.split("\t", 1)[1] for line in lines]
    for voice in arguments.voices.split(","):
        folder = arguments.out / arguments.text.stem / voice
        speak_all(sentences, voice, folder)
        print(folder, flush=True)


def speak_all(sentences: list[str], voice: str, folder: Path) -> None:
    """Write every sentence as 16 kHz PCM16, 0.3 s of zeros before and 0.5 s after it, peak 0.5."""
    import numpy as np
    from scipy.io import wavfile

    from builtin_recogniser.features import SAMPLE_RATE
    from builtin_recogniser.transcript import transcript
    from builtin_recogniser.voices.catalogue import open_synthesiser
    from builtin_recogniser.voices.level import normalise, pad, trim
    from builtin_recogniser.voices.synthesiser import Prosody

    name, _, voice_name = voice.partition("-")
    synthesiser = open_synthesiser(name)
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for number, sentence in enumerate(sentences):
        spoken = trim(synthesiser.speak(sentence, voice_name, Prosody()))
        samples = pad(normalise(spoken), SECONDS_BEFORE, SECONDS_AFTER)
        wavfile.write(folder / f"{number:04d}.wav", SAMPLE_RATE, np.round(samples * 32767).astype(np.int16))
        rows.append(f"{number:04d}.wav\t{transcript(sentence)}\n")
    (folder / "transcripts.tsv").write_text("".join(rows))
