"""espeak-ng in-process through its C library (Debian: libespeak-ng1)."""

import ctypes
from typing import Any

import numpy as np

from builtin_recogniser.features import Samples
from builtin_recogniser.voices.shared_library import copy_samples, load_library
from builtin_recogniser.voices.synthesiser import Prosody, to_recogniser_rate

_SYNCHRONOUS_OUTPUT = 2
_RATE_PARAMETER, _PITCH_PARAMETER, _RANGE_PARAMETER = 1, 3, 4
_CHARACTER_POSITION = 1
_UTF8 = 1
_WORDS_PER_MINUTE = 175
_MIDDLE = 50
"""The library's neutral value for pitch and range, both from 0 to 99."""
_PITCH_STEPS_PER_OCTAVE = 70
"""Measured: 15 steps raise the fundamental by about 16 %."""

_NAMES_IN_LIBRARY = {"en-gb": "en"}
"""`en-gb` is a language, not a voice: asked for it, the library keeps the voice it had."""

_AudioCallback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Espeak:
    """Voices are an accent and, after a plus, a variant of the vocal tract: `en-us`, `en-gb+f3`."""

    name = "espeak"

    def __init__(self) -> None:
        self._library = load_library("espeak-ng")
        self._rate: int = self._library.espeak_Initialize(_SYNCHRONOUS_OUTPUT, 0, None, 0)
        self._pieces: list[Samples] = []
        self._callback = _AudioCallback(self._receive)  # the library keeps only a pointer to it
        self._library.espeak_SetSynthCallback(self._callback)

    def speak(self, text: str, voice: str, prosody: Prosody) -> Samples:
        """Say `text`: samples at 16 kHz."""
        accent, plus, variant = voice.partition("+")
        name = _NAMES_IN_LIBRARY.get(accent, accent) + plus + variant
        if self._library.espeak_SetVoiceByName(name.encode()) != 0:
            raise ValueError(f"espeak-ng has no voice {voice}")
        pitch = _MIDDLE + _PITCH_STEPS_PER_OCTAVE * float(np.log2(prosody.pitch))
        self._set(_RATE_PARAMETER, _WORDS_PER_MINUTE * prosody.rate, 80, 450)
        self._set(_PITCH_PARAMETER, pitch, 0, 99)
        self._set(_RANGE_PARAMETER, _MIDDLE * prosody.pitch_range, 0, 99)
        self._pieces = []
        encoded = text.encode() + b"\0"
        self._library.espeak_Synth(encoded, len(encoded), 0, _CHARACTER_POSITION, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        return to_recogniser_rate(np.concatenate(self._pieces), self._rate)

    def _set(self, parameter: int, value: float, lowest: int, highest: int) -> None:
        self._library.espeak_SetParameter(parameter, round(min(max(value, lowest), highest)), 0)

    def _receive(self, samples: Any, count: int, _events: Any) -> int:
        if samples and count > 0:
            self._pieces.append(copy_samples(samples, count))
        return 0
