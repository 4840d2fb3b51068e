"""The cast of training: says a sentence as somebody new each time."""

from dataclasses import dataclass

import numpy as np

from builtin_recogniser.features import Samples
from builtin_recogniser.voices.catalogue import ESPEAK_VARIANTS, SOURCES, open_synthesiser
from builtin_recogniser.voices.level import trim
from builtin_recogniser.voices.synthesiser import Prosody
from builtin_recogniser.voices.variety import Strength, draw_prosody, draw_strength, draw_warp
from builtin_recogniser.voices.warp import VoiceWarp, apply_warp

_LEAST_SAMPLES = 800


@dataclass(frozen=True)
class Take:
    """A sentence as it was heard."""

    samples: Samples
    voice: str
    """Synthesiser and voice, as `flite/slt`."""


class Cast:
    """All synthesisers of training, and the chance that picks among them."""

    def __init__(self, seed: int) -> None:
        self._generator = np.random.default_rng(seed)
        self._synthesisers = {source.synthesiser: open_synthesiser(source.synthesiser) for source in SOURCES}

    def say(self, sentence: str) -> Take | None:
        """Say a sentence in a random voice; `None` if nothing audible came out."""
        synthesiser, voice = self._draw_voice()
        strength = draw_strength(self._generator)
        warp, prosody = VoiceWarp(), Prosody()
        if strength:
            warp = draw_warp(strength, self._generator)
            prosody = draw_prosody(strength, warp, self._generator)
            sentence = self._hesitate(sentence, strength)
        samples = trim(self._synthesisers[synthesiser].speak(sentence, voice, prosody))
        if len(samples) < _LEAST_SAMPLES:
            return None
        return Take(apply_warp(samples, warp, self._generator), f"{synthesiser}/{voice}")

    def _draw_voice(self) -> tuple[str, str]:
        source = SOURCES[self._generator.choice(len(SOURCES), p=[source.share for source in SOURCES])]
        voice = str(self._generator.choice(list(source.voices), p=list(source.voices.values())))
        if source.synthesiser == "espeak":
            variant = str(self._generator.choice(ESPEAK_VARIANTS))
            voice = f"{voice}+{variant}" if variant else voice
        return source.synthesiser, voice

    def _hesitate(self, sentence: str, strength: Strength) -> str:
        """Put a comma between two words: every synthesiser makes a pause of it."""
        words = sentence.split()
        if len(words) > 2 and self._generator.random() < strength.hesitation:
            place = self._generator.integers(len(words) - 1)
            if words[place][-1].isalpha():
                words[place] += ","
        return " ".join(words)
