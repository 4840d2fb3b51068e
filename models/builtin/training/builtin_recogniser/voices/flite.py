"""Flite in-process through its C library (Debian: libflite1)."""

import ctypes
from typing import Any

from builtin_recogniser.features import Samples
from builtin_recogniser.voices.shared_library import copy_samples, load_library
from builtin_recogniser.voices.synthesiser import Prosody, to_recogniser_rate

VOICES = ("slt", "rms", "awb", "kal16")
_DIPHONE_VOICE = "kal16"
"""Has an intonation model with a mean and a spread; the others are statistical and know only a shift."""
_DIPHONE_PITCH_HERTZ = 105.0
_DIPHONE_PITCH_SPREAD_HERTZ = 14.0


class _Wave(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_char_p),
        ("sample_rate", ctypes.c_int),
        ("sample_count", ctypes.c_int),
        ("channel_count", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    )


class _Voice(ctypes.Structure):
    _fields_ = (("name", ctypes.c_char_p), ("features", ctypes.c_void_p))


class Flite:
    """The voices slt (female), rms and kal16 (male) from the USA, awb (male) from Scotland."""

    name = "flite"

    def __init__(self) -> None:
        self._library = load_library("flite")
        self._library.flite_init()
        load_library("flite_usenglish")
        load_library("flite_cmulex")
        self._library.flite_text_to_wave.restype = ctypes.POINTER(_Wave)
        self._library.flite_text_to_wave.argtypes = [ctypes.c_char_p, ctypes.POINTER(_Voice)]
        self._library.delete_wave.argtypes = [ctypes.POINTER(_Wave)]
        self._library.flite_feat_set_float.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_float]
        self._voices = {voice: self._register(voice) for voice in VOICES}

    def speak(self, text: str, voice: str, prosody: Prosody) -> Samples:
        """Say `text`: samples at 16 kHz."""
        features = self._voices[voice].contents.features
        self._set(features, b"duration_stretch", 1 / prosody.rate)
        if voice == _DIPHONE_VOICE:
            self._set(features, b"int_f0_target_mean", _DIPHONE_PITCH_HERTZ * prosody.pitch)
            self._set(features, b"int_f0_target_stddev", _DIPHONE_PITCH_SPREAD_HERTZ * prosody.pitch_range)
        else:
            self._set(features, b"f0_shift", prosody.pitch)
        wave = self._library.flite_text_to_wave(text.encode(), self._voices[voice])
        samples = copy_samples(wave.contents.samples, wave.contents.sample_count)
        rate: int = wave.contents.sample_rate
        self._library.delete_wave(wave)
        return to_recogniser_rate(samples, rate)

    def _register(self, voice: str) -> Any:
        register = getattr(load_library(f"flite_cmu_us_{voice}"), f"register_cmu_us_{voice}")
        register.restype = ctypes.POINTER(_Voice)
        register.argtypes = [ctypes.c_char_p]
        return register(None)

    def _set(self, features: Any, feature: bytes, value: float) -> None:
        self._library.flite_feat_set_float(features, feature, value)
