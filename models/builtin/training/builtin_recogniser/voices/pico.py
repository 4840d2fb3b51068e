"""SVOX Pico (PyPI: ttspico): kept out of training, so that its voices stay strangers to the recogniser."""

import importlib

import numpy as np

from builtin_recogniser.features import Samples
from builtin_recogniser.voices.synthesiser import Prosody

VOICES = ("en-US", "en-GB")


class Pico:
    """One female voice an accent, at 16 kHz."""

    name = "pico"

    def __init__(self) -> None:
        ttspico = importlib.import_module("ttspico")  # here, as training does without it
        self._engines = {voice: ttspico.TtsEngine(voice) for voice in VOICES}

    def speak(self, text: str, voice: str, prosody: Prosody) -> Samples:
        """Say `text`: samples at 16 kHz; the prosody is the engine's own."""
        del prosody
        pcm = np.frombuffer(self._engines[voice].speak(text), np.int16)
        return (pcm / 32768).astype(np.float32)
