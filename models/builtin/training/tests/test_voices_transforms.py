"""The transforms change what they say they change, and leave the rest."""

import numpy as np
import pytest

from builtin_recogniser.features import SAMPLE_RATE, Samples
from builtin_recogniser.voices.glottis import Glottis, reshape_source
from builtin_recogniser.voices.microphone import Microphone, record
from builtin_recogniser.voices.pitch import Pitch, change_pitch
from builtin_recogniser.voices.room import Room, impulse_response, reverberate
from builtin_recogniser.voices.spectrum import BIN_HERTZ, analyse, log_envelope, resynthesise
from builtin_recogniser.voices.tempo import Tempo, change_tempo
from builtin_recogniser.voices.variety import MODERATE, STRONG, draw_prosody, draw_warp
from builtin_recogniser.voices.vocal_tract import VocalTract, warp_formants
from builtin_recogniser.voices.warp import VoiceWarp, apply_warp


@pytest.fixture
def generator() -> np.random.Generator:
    return np.random.default_rng(3)


def vowel(
    pitch_hertz: float = 120, formants: tuple[float, ...] = (600, 1800), seconds: float = 1.0
) -> Samples:
    """Harmonics under resonances at the formants."""
    times = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    harmonics = np.arange(pitch_hertz, 7600, pitch_hertz)
    amplitudes = sum(1 / (1 + ((harmonics - formant) / 120) ** 2) for formant in formants) + 0.003
    phases = np.arange(len(harmonics)) ** 2
    angles = 2 * np.pi * harmonics[:, None] * times + phases[:, None]
    samples = (np.asarray(amplitudes)[:, None] * np.sin(angles)).sum(0)
    return np.asarray(0.5 * samples / np.abs(samples).max(), np.float32)


def measured_pitch(samples: Samples) -> float:
    """Autocorrelation peak between 60 and 350 Hz."""
    middle = samples[len(samples) // 4 :][:4096]
    correlation = np.fft.irfft(np.abs(np.fft.rfft(middle, 16384)) ** 2)
    shortest = SAMPLE_RATE // 350
    return SAMPLE_RATE / (shortest + int(np.argmax(correlation[shortest : SAMPLE_RATE // 60])))


def measured_formant(samples: Samples, lowest: float, highest: float) -> float:
    envelope = log_envelope(analyse(samples))[20:-20].mean(0)
    inside = (lowest <= BIN_HERTZ) & (highest >= BIN_HERTZ)
    return float(BIN_HERTZ[inside][np.argmax(envelope[inside])])


def test_analysis_and_resynthesis_return_the_samples() -> None:
    samples = vowel(seconds=0.5)[:7001]
    assert np.abs(resynthesise(analyse(samples)) - samples).max() < 1e-5


def test_pitch_moves_and_formants_can_stay(generator: np.random.Generator) -> None:
    raised = change_pitch(vowel(), Pitch(1.25), generator)
    assert len(raised) == pytest.approx(SAMPLE_RATE / 1.25, rel=0.01)
    restored = resynthesise(warp_formants(analyse(raised), VocalTract(1, 1), resampled_by=1.25))
    assert measured_pitch(restored) == pytest.approx(150, rel=0.02)
    assert measured_formant(raised, 1400, 2600) == pytest.approx(2250, rel=0.05)
    assert measured_formant(restored, 1400, 2600) == pytest.approx(1800, rel=0.05)


def test_low_and_high_formants_move_by_their_own_factors() -> None:
    warped = resynthesise(warp_formants(analyse(vowel(80, formants=(500, 3000))), VocalTract(1.2, 0.85)))
    assert measured_pitch(warped) == pytest.approx(80, rel=0.02)
    assert measured_formant(warped, 300, 1000) == pytest.approx(600, rel=0.08)
    assert measured_formant(warped, 2000, 4000) == pytest.approx(2550, rel=0.05)


def test_tempo_changes_duration_only(generator: np.random.Generator) -> None:
    fast = change_tempo(vowel(), Tempo(1.25, 0), generator)
    assert len(fast) == pytest.approx(SAMPLE_RATE / 1.25, rel=0.03)
    assert measured_pitch(fast) == pytest.approx(120, rel=0.02)
    uneven = change_tempo(vowel(), Tempo(1, 0.3), generator)
    assert 0.5 * SAMPLE_RATE < len(uneven) < 2 * SAMPLE_RATE


def test_whisper_has_no_pitch_but_the_same_formants(generator: np.random.Generator) -> None:
    whispered = resynthesise(reshape_source(analyse(vowel()), Glottis(whisper=True), generator))
    period = SAMPLE_RATE // 120
    middle = whispered[4000:12000]
    assert abs(np.corrcoef(middle[:-period], middle[period:])[0, 1]) < 0.5
    assert measured_formant(whispered, 1400, 2600) == pytest.approx(1800, rel=0.08)


def test_tilt_dulls_a_voice(generator: np.random.Generator) -> None:
    soft = reshape_source(analyse(vowel()), Glottis(tilt=-6), generator)
    change = log_envelope(soft) - log_envelope(analyse(vowel()))
    at_4_khz, at_1_khz = (change[40:-40, np.searchsorted(BIN_HERTZ, hertz)].mean() for hertz in (4000, 1000))
    assert 20 / np.log(10) * (at_4_khz - at_1_khz) == pytest.approx(-12, abs=1)


def test_a_room_decays_as_fast_as_its_reverberation_time(generator: np.random.Generator) -> None:
    response = impulse_response(Room(0.5, direct_to_reverberant=0, treble_decay=1), generator)
    early, late = (np.sqrt((response[start : start + 1600] ** 2).mean()) for start in (800, 2400))
    assert 20 * np.log10(early / late) == pytest.approx(60 * 0.1 / 0.5, abs=4)
    assert (response[1:] ** 2).sum() == pytest.approx(1, rel=1e-3)
    assert len(reverberate(vowel(), Room(0.5, 5), generator)) > SAMPLE_RATE * 1.25


def test_a_telephone_passes_only_its_band(generator: np.random.Generator) -> None:
    hiss = generator.standard_normal(SAMPLE_RATE).astype(np.float32)
    telephone = Microphone(high_pass_hertz=300, low_pass_hertz=3400, steepness=12)
    power = np.abs(np.fft.rfft(record(hiss, telephone, generator))) ** 2
    assert power[5000:].mean() < 1e-4 * power[800:3000].mean()
    assert power[:100].mean() < 0.05 * power[800:3000].mean()


@pytest.mark.parametrize("strength", [MODERATE, STRONG])
def test_drawn_warps_keep_speech_finite_and_at_its_level(strength: object) -> None:
    assert strength in (MODERATE, STRONG)
    chosen = MODERATE if strength == MODERATE else STRONG
    speech = np.concatenate([vowel(seconds=0.3), np.zeros(4000, np.float32), vowel(180, seconds=0.3)])
    for seed in range(25):
        generator = np.random.default_rng(seed)
        warp = draw_warp(chosen, generator)
        assert 0.6 <= draw_prosody(chosen, warp, generator).rate <= 1.5
        heard = apply_warp(speech, warp, generator)
        assert np.isfinite(heard).all()
        assert np.abs(heard).max() == pytest.approx(0.5, abs=1e-3)
        again = np.random.default_rng(seed)
        assert draw_warp(chosen, again) == warp


def test_levelling_survives_digital_silence(generator: np.random.Generator) -> None:
    burst = np.zeros(48_000, np.float32)
    burst[20_000:30_000] = vowel(seconds=0.625)
    assert np.isfinite(record(burst, Microphone(levelling=0.5), generator)).all()


def test_an_empty_warp_only_pads_and_scales(generator: np.random.Generator) -> None:
    heard = apply_warp(vowel() * np.float32(0.2), VoiceWarp(), generator)
    assert len(heard) == SAMPLE_RATE * 1.25
    assert not heard[:1600].any()
    assert np.abs(heard).max() == pytest.approx(0.5, abs=1e-3)
