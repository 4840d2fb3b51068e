"""Every synthesiser speaks, follows its prosody, and evaluation audio has the promised layout."""

import importlib.util
import shutil
from pathlib import Path

import numpy as np
import pytest
from scipy.io import wavfile

from builtin_recogniser.commands.evaluation_audio import speak_all
from builtin_recogniser.commands.synthesise import draw_sentences
from builtin_recogniser.voices.catalogue import ESPEAK_VARIANTS, SOURCES, open_synthesiser
from builtin_recogniser.voices.foreign_accents import definitions, selection
from builtin_recogniser.voices.shared_library import load_library
from builtin_recogniser.voices.synthesiser import Prosody

SENTENCE = "Seven geese waited by the old harbour."


def installed(name: str) -> bool:
    if name == "festival":
        return shutil.which("festival") is not None
    if name == "pico":
        return importlib.util.find_spec("ttspico") is not None
    try:
        load_library({"flite": "flite", "espeak": "espeak-ng"}[name])
    except FileNotFoundError:
        return False
    return True


def needs(name: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not installed(name), reason=f"{name} is not installed")


VOICES = [
    pytest.param(name, voice, marks=needs(name))
    for name, voice in [
        ("flite", "slt"),
        ("flite", "kal16"),
        ("espeak", "en-us"),
        ("espeak", "en-gb+f3"),
        ("festival", "ked_diphone"),
        ("festival", "cmu_us_slt_arctic_hts"),
        ("festival", "czech_dita"),
    ]
]


@pytest.mark.parametrize(("name", "voice"), VOICES)
def test_a_voice_speaks_at_the_asked_rate(name: str, voice: str) -> None:
    synthesiser = open_synthesiser(name)
    usual = synthesiser.speak(SENTENCE, voice, Prosody())
    slow = synthesiser.speak(SENTENCE, voice, Prosody(rate=0.75))
    assert 1.2 < len(usual) / 16_000 < 4
    assert np.abs(usual).max() > 0.05
    assert 1.15 < len(slow) / len(usual) < 1.5


@needs("espeak")
def test_espeak_refuses_voices_that_it_lacks() -> None:
    espeak = open_synthesiser("espeak")
    with pytest.raises(ValueError, match="no voice"):
        espeak.speak(SENTENCE, "en-atlantis", Prosody())
    american, british = (espeak.speak("The bath is hot.", voice, Prosody()) for voice in ("en-us", "en-gb"))
    assert len(american) != len(british)


@needs("pico")
def test_pico_speaks() -> None:
    assert len(open_synthesiser("pico").speak(SENTENCE, "en-GB", Prosody())) > 16_000


def test_shares_add_up_and_test_voices_stay_unheard() -> None:
    assert sum(source.share for source in SOURCES) == pytest.approx(1)
    for source in SOURCES:
        assert sum(source.voices.values()) == pytest.approx(1)
        assert source.synthesiser != "pico"
        assert "en-gb-scotland" not in source.voices
    assert not {"klatt2", "steph", "michael", "Michael"} & set(ESPEAK_VARIANTS)


def test_foreign_phones_become_scheme_lists() -> None:
    scheme = definitions()
    assert '("ay" "a1" "i")' in scheme
    assert '("hh")' in scheme  # Italian drops it
    assert scheme.count("(") == scheme.count(")")
    assert selection("czech_dita").startswith('(use_foreign_voice "czech_dita"')


def test_drawing_exhausts_a_part_before_repeating(tmp_path: Path) -> None:
    text = tmp_path / "plain.tsv"
    text.write_text("".join(f"category\tsentence {number}\n" for number in range(50)))
    drawn = draw_sentences([text], {"plain": 1.0}, np.random.default_rng(0))
    assert len({next(drawn) for _ in range(50)}) == 50


@needs("espeak")
def test_evaluation_audio_is_framed_by_silence(tmp_path: Path) -> None:
    speak_all([SENTENCE, "Yes."], "espeak-en-us+f3", tmp_path)
    rate, samples = wavfile.read(tmp_path / "0001.wav")
    assert rate == 16_000
    assert samples.dtype == np.int16
    assert not samples[:4800].any()
    assert not samples[-8000:].any()
    assert np.abs(samples).max() == pytest.approx(16_384, abs=2)
    assert (tmp_path / "transcripts.tsv").read_text().splitlines()[1] == "0001.wav\tyes"
