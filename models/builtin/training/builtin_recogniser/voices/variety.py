"""How much voices vary: draws warps and prosody from three strengths."""

from dataclasses import dataclass

import numpy as np

from builtin_recogniser.voices.glottis import Creak, Glottis
from builtin_recogniser.voices.microphone import Microphone, Peak
from builtin_recogniser.voices.mouth import MouthSounds
from builtin_recogniser.voices.pitch import Pitch
from builtin_recogniser.voices.room import Room
from builtin_recogniser.voices.synthesiser import Prosody
from builtin_recogniser.voices.tempo import Tempo
from builtin_recogniser.voices.timbre import Timbre
from builtin_recogniser.voices.vocal_tract import VocalTract
from builtin_recogniser.voices.warp import VoiceWarp


@dataclass(frozen=True)
class Strength:
    """Probabilities and spreads of the transforms; spreads are deviations of logarithms unless said."""

    share: float
    """Of all utterances."""
    rate: float
    native_pitch: float
    """By the synthesiser."""
    resampled_pitch: float
    """By reading faster or slower."""
    pitch_drift: float
    tract: float
    tract_difference: float
    """Between low and high formants."""
    tilt: float
    """Standard deviation in decibels an octave."""
    breath: tuple[float, float]
    """Probability, and greatest amplitude."""
    whisper: float
    """Probability."""
    creak: tuple[float, float]
    """Probability, and greatest depth."""
    timbre: tuple[float, float]
    """Constant and moving, in decibels."""
    unevenness: tuple[float, float]
    """Of the speaking rate: probability, and greatest standard deviation."""
    mouth: float
    """Probability of a breath or click."""
    hesitation: float
    """Probability of a pause between two words."""
    room: float
    """Probability."""
    reverberation: tuple[float, float]
    """Seconds, from and to."""
    direct_to_reverberant: tuple[float, float]
    """Decibels, from and to."""
    microphone: float
    """Probability."""
    telephone: float
    """Probability, when there is a microphone."""


MODERATE = Strength(
    share=0.5,
    rate=0.12,
    native_pitch=0.1,
    resampled_pitch=0.11,
    pitch_drift=0.02,
    tract=0.055,
    tract_difference=0.03,
    tilt=2.0,
    breath=(0.3, 0.35),
    whisper=0.0,
    creak=(0.12, 0.5),
    timbre=(3.5, 1.5),
    unevenness=(0.35, 0.2),
    mouth=0.08,
    hesitation=0.08,
    room=0.35,
    reverberation=(0.1, 0.4),
    direct_to_reverberant=(4, 18),
    microphone=0.7,
    telephone=0.06,
)
STRONG = Strength(
    share=0.3,
    rate=0.18,
    native_pitch=0.15,
    resampled_pitch=0.2,
    pitch_drift=0.035,
    tract=0.09,
    tract_difference=0.05,
    tilt=3.0,
    breath=(0.45, 0.7),
    whisper=0.04,
    creak=(0.2, 0.8),
    timbre=(6.0, 3.0),
    unevenness=(0.6, 0.3),
    mouth=0.15,
    hesitation=0.15,
    room=0.55,
    reverberation=(0.15, 0.7),
    direct_to_reverberant=(-1, 12),
    microphone=0.9,
    telephone=0.2,
)


def draw_strength(generator: np.random.Generator) -> Strength | None:
    """Moderate, strong, or `None` for a voice as it is."""
    chance = generator.random()
    if chance < MODERATE.share:
        return MODERATE
    return STRONG if chance < MODERATE.share + STRONG.share else None


def draw_prosody(strength: Strength, warp: VoiceWarp, generator: np.random.Generator) -> Prosody:
    """Draw how a sentence is said; the synthesiser makes up for the change of rate by resampling."""
    resampled_by = warp.pitch.factor if warp.pitch else 1.0
    rate = _around(0.96, strength.rate, generator, 0.68, 1.3) / resampled_by
    pitch = _around(1, strength.native_pitch, generator, 0.72, 1.4)
    return Prosody(rate=min(max(rate, 0.6), 1.5), pitch=pitch, pitch_range=float(generator.uniform(0.6, 1.8)))


def draw_warp(strength: Strength, generator: np.random.Generator) -> VoiceWarp:
    """Draw a speaker, a room and a microphone."""
    factor = _around(1, strength.resampled_pitch, generator, 0.74, 1.45)
    small = factor**0.3  # a higher voice tends to come from a shorter tract
    low = _around(small, strength.tract, generator, 0.82, 1.22)
    high = _around(low, strength.tract_difference, generator, 0.82, 1.22)
    uneven = generator.random() < strength.unevenness[0]
    creaky = generator.random() < strength.creak[0]
    return VoiceWarp(
        tempo=Tempo(1, float(generator.uniform(0.05, strength.unevenness[1]))) if uneven else None,
        pitch=Pitch(
            factor,
            drift=float(generator.uniform(0, strength.pitch_drift)),
            jitter=float(generator.uniform(0, 0.01)),
            vibrato=float(generator.uniform(0, 0.01)) if generator.random() < 0.2 else 0.0,
        ),
        tract=VocalTract(low, high),
        glottis=_draw_glottis(strength, generator),
        timbre=Timbre(*(float(generator.uniform(0, most)) for most in strength.timbre)),
        creak=Creak(*(float(generator.uniform(*limits)) for limits in ((30, 80), (0.2, strength.creak[1]))))
        if creaky
        else None,
        mouth=_draw_mouth(generator) if generator.random() < strength.mouth else None,
        room=_draw_room(strength, generator) if generator.random() < strength.room else None,
        microphone=_draw_microphone(strength, generator)
        if generator.random() < strength.microphone
        else None,
    )


def _around(
    middle: float, spread: float, generator: np.random.Generator, lowest: float, highest: float
) -> float:
    drawn = middle * np.exp(spread * generator.standard_normal())
    return float(np.clip(drawn, lowest, highest))


def _draw_glottis(strength: Strength, generator: np.random.Generator) -> Glottis:
    breathy = generator.random() < strength.breath[0]
    return Glottis(
        tilt=float(np.clip(strength.tilt * generator.standard_normal(), -6, 6)),
        breath=float(generator.uniform(0.05, strength.breath[1])) if breathy else 0.0,
        breath_from_hertz=float(np.exp(generator.uniform(np.log(800), np.log(4000)))),
        whisper=bool(generator.random() < strength.whisper),
    )


def _draw_mouth(generator: np.random.Generator) -> MouthSounds:
    loudness = float(np.exp(generator.uniform(np.log(0.02), np.log(0.2))))
    return MouthSounds(breath=loudness) if generator.random() < 0.6 else MouthSounds(click=loudness)


def _draw_room(strength: Strength, generator: np.random.Generator) -> Room:
    return Room(
        reverberation=float(generator.uniform(*strength.reverberation)),
        direct_to_reverberant=float(generator.uniform(*strength.direct_to_reverberant)),
        treble_decay=float(generator.uniform(0.35, 0.9)),
    )


def _draw_microphone(strength: Strength, generator: np.random.Generator) -> Microphone:
    telephone = generator.random() < strength.telephone
    limited = generator.random() < 0.3
    noisy = generator.random() < 0.5
    peaks = (
        Peak(
            hertz=float(np.exp(generator.uniform(np.log(100), np.log(7000)))),
            octaves=float(generator.uniform(0.15, 0.8)),
            decibels=float(np.clip(4 * generator.standard_normal(), -9, 9)),
        )
        for _ in range(generator.integers(0, 5))
    )
    return Microphone(
        peaks=tuple(peaks),
        tilt=float(np.clip(generator.standard_normal(), -2, 2)),
        high_pass_hertz=300.0 if telephone else float(np.exp(generator.uniform(np.log(20), np.log(200)))),
        low_pass_hertz=3500.0 if telephone else float(generator.uniform(3800, 7500)) if limited else 8000.0,
        steepness=12 if telephone else int(generator.choice([4, 8, 24])),
        drive=float(generator.uniform(0.5, 3)) if generator.random() < 0.2 else 0.0,
        levelling=float(generator.uniform(0.1, 0.5)) if generator.random() < 0.25 else 0.0,
        companded=telephone and bool(generator.random() < 0.5),
        noise=float(10 ** generator.uniform(-4, -2)) if noisy else 0.0,
        noise_colour=float(generator.uniform(-1, 0)),
    )
