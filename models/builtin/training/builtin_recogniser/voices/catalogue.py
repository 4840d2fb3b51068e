"""The voices that training hears, with their shares, and every synthesiser by name for evaluation."""

from collections.abc import Callable
from dataclasses import dataclass

from builtin_recogniser.voices.espeak import Espeak
from builtin_recogniser.voices.festival import Festival
from builtin_recogniser.voices.flite import Flite
from builtin_recogniser.voices.pico import Pico
from builtin_recogniser.voices.synthesiser import Synthesiser


@dataclass(frozen=True)
class Source:
    """A synthesiser in training."""

    synthesiser: str
    share: float
    """Of all utterances."""
    voices: dict[str, float]
    """Weights of its voices; an espeak-ng accent gets a variant from `ESPEAK_VARIANTS`."""


SOURCES = (
    Source("flite", 0.42, {"slt": 0.34, "rms": 0.25, "awb": 0.23, "kal16": 0.18}),
    Source(
        "espeak",
        0.30,
        {
            "en-us": 0.42,
            "en-gb": 0.22,
            "en-gb-x-rp": 0.12,
            "en-gb-x-gbclan": 0.08,
            "en-us-nyc": 0.08,
            "en-gb-x-gbcwmd": 0.05,
            "en-029": 0.03,
        },
    ),
    Source(
        "festival",
        0.28,
        {
            "ked_diphone": 0.30,
            "kal_diphone": 0.22,
            "cmu_us_slt_arctic_hts": 0.18,
            "italian_lp": 0.05,
            "italian_pc": 0.05,
            "czech_dita": 0.04,
            "czech_krb": 0.04,
            "czech_machac": 0.04,
            "czech_ph": 0.04,
            "finnish_mv": 0.03,
            "finnish_lj": 0.01,
        },
    ),
)
"""Strangers to training: Pico, espeak-ng's Scottish accent, and its variants klatt2, steph and michael."""

_COMMON_VARIANTS = [*(f"m{number}" for number in range(1, 9)), *(f"f{number}" for number in range(1, 6))]
_OTHER_VARIANTS = """
    klatt klatt3 klatt4 klatt5 Alex Alicia Andrea Andy Annie Denis Diogo Gene Gene2 Henrique Hugo
    Jacky Lee Marco Mario Mike Nguyen anika antonio aunty belinda benjamin boris david ed edward
    grandma grandpa gustave iven iven3 john linda marcelo max michel miguel norbert pablo paul pedro
    quincy rob robert sandro shelby travis victor
"""
ESPEAK_VARIANTS = ("", "", "", *_COMMON_VARIANTS, *_COMMON_VARIANTS, *_OTHER_VARIANTS.split())
"""An empty one is the accent's own voice; variants that shout, whisper or whirr are left out."""

_FACTORIES: dict[str, Callable[[], Synthesiser]] = {
    "flite": Flite,
    "espeak": Espeak,
    "festival": Festival,
    "pico": Pico,
}


def open_synthesiser(name: str) -> Synthesiser:
    """Load a synthesiser: flite, espeak, festival, or pico."""
    return _FACTORIES[name]()
