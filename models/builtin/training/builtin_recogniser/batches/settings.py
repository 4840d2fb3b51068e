"""How utterances become batches."""

from dataclasses import dataclass

Range = tuple[float, float]


@dataclass(frozen=True)
class AssemblySettings:
    """How examples are put together from utterances. Lengths are in frames of 10 ms."""

    batch_frames: int = 4_000
    """Of a batch, padding included: 40 s."""
    round_batches: int = 16
    """Batches whose examples are drawn together and sorted by length, so that little is padded."""
    speechless_share: float = 0.04
    """Examples without any word: silence, noise, music, tones, laughter."""
    joined_share: float = 0.12
    """How often another utterance follows after a pause."""
    joined_limit: int = 700
    """No further utterance follows after this length."""
    edge: tuple[int, int] = (0, 50)
    """Silence before the first and after the last utterance."""
    pause: tuple[int, int] = (15, 75)
    """Silence between two utterances."""
    sound_in_pause_share: float = 0.05
    """Pauses with a cough, laughter or click in them."""
    stretch_share: float = 0.25
    stretch: Range = (0.93, 1.08)
    """Rate of speech; the synthesised utterances vary already."""


@dataclass(frozen=True)
class AugmentationSettings:
    """How log-mels are varied. Shares are of utterances; the synthesised voices and rooms vary already."""

    gain: Range = (-18.0, 7.0)
    """Decibels; utterances are stored with a peak of half the full scale."""
    warp_share: float = 0.10
    warp: Range = (0.96, 1.05)
    """Of the mel axis."""
    tilt_share: float = 0.15
    tilt: float = 4.0
    """Decibels up at one end of the spectrum and down at the other, at most."""
    noisy_share: float = 0.35
    noisy: Range = (5.0, 34.0)
    """Speech above the noise, in decibels."""
    faint_share: float = 0.35
    faint: Range = (34.0, 85.0)
    """A noise floor, as every microphone has one."""
    speechless_noise_share: float = 0.8
    speechless_noise: Range = (-80.0, -15.0)
    """Power of the noise in examples without speech, in decibels of full scale."""
    masked_bands_share: float = 0.25
    masked_frames_share: float = 0.25
    masked: tuple[int, int] = (2, 9)
    """Bands or frames that are taken away (SpecAugment, Park 2019)."""
