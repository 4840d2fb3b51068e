"""One imagined speaker, room and microphone: the settings of all transforms, applied in their order."""

from dataclasses import dataclass

import numpy as np

from builtin_recogniser.features import Samples
from builtin_recogniser.voices.glottis import Creak, Glottis, make_creaky, reshape_source
from builtin_recogniser.voices.level import normalise, pad
from builtin_recogniser.voices.microphone import Microphone, record
from builtin_recogniser.voices.mouth import MouthSounds, add_mouth_sounds
from builtin_recogniser.voices.pitch import Pitch, change_pitch
from builtin_recogniser.voices.room import Room, reverberate
from builtin_recogniser.voices.spectrum import analyse, resynthesise
from builtin_recogniser.voices.tempo import Tempo, change_tempo
from builtin_recogniser.voices.timbre import Timbre, colour
from builtin_recogniser.voices.vocal_tract import VocalTract, warp_formants

_SECONDS_BEFORE, _SECONDS_AFTER = 0.1, 0.15


@dataclass(frozen=True)
class VoiceWarp:
    """What to change about a voice; what is `None` stays as it is."""

    tempo: Tempo | None = None
    pitch: Pitch | None = None
    tract: VocalTract | None = None
    glottis: Glottis | None = None
    timbre: Timbre | None = None
    creak: Creak | None = None
    mouth: MouthSounds | None = None
    room: Room | None = None
    microphone: Microphone | None = None


def apply_warp(samples: Samples, warp: VoiceWarp, generator: np.random.Generator) -> Samples:
    """Transform a trimmed utterance: from the speaker through the room to the microphone; peak 0.5."""
    voice = _speaker(samples, warp, generator)
    if warp.mouth:
        voice = add_mouth_sounds(voice, warp.mouth, generator)
    heard = pad(voice, _SECONDS_BEFORE, _SECONDS_AFTER)
    if warp.room:
        heard = reverberate(heard, warp.room, generator)
    if warp.microphone:
        heard = record(heard, warp.microphone, generator)
    return normalise(heard)


def _speaker(samples: Samples, warp: VoiceWarp, generator: np.random.Generator) -> Samples:
    if warp.tempo:
        samples = change_tempo(samples, warp.tempo, generator)
    if warp.pitch:
        samples = change_pitch(samples, warp.pitch, generator)
    if warp.tract or warp.pitch or warp.glottis or warp.timbre:
        spectrum = analyse(samples)
        if warp.tract or warp.pitch:
            resampled_by = warp.pitch.factor if warp.pitch else 1.0
            spectrum = warp_formants(spectrum, warp.tract or VocalTract(1, 1), resampled_by)
        if warp.glottis:
            spectrum = reshape_source(spectrum, warp.glottis, generator)
        if warp.timbre:
            spectrum = colour(spectrum, warp.timbre, generator)
        samples = resynthesise(spectrum)
    if warp.creak:
        samples = make_creaky(samples, warp.creak, generator)
    return samples
