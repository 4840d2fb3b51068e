"""Music: chords, arpeggios, melodies, basses and drums, composed by dice."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from builtin_recogniser.features import SAMPLE_RATE, Samples

_SCALES = ((0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10), (0, 2, 4, 7, 9))
"""Semitones of major, minor and pentatonic."""


@dataclass(frozen=True)
class _Timbre:
    """Sound of an instrument."""

    harmonics: npt.NDArray[np.float64]
    """Amplitudes."""
    decay: float
    """Seconds until a note has faded to a third."""
    attack: float
    """Seconds."""
    vibrato: float
    """Share of the frequency."""


@dataclass(frozen=True)
class _Piece:
    """What all parts of a piece agree on."""

    beat: float
    """Seconds."""
    root: float
    """Hz, of the lowest note."""
    scale: tuple[int, ...]
    chords: list[int]
    """Steps of the scale, four beats each."""

    def frequency(self, step: int) -> float:
        """Hz of a step of the scale, which may lie octaves above the root."""
        octave, index = divmod(step, len(self.scale))
        return float(self.root * 2 ** (octave + self.scale[index] / 12))


def draw_music(generator: np.random.Generator, sample_count: int) -> Samples:
    """Compose a piece of unit power."""
    piece = _Piece(
        beat=60 / generator.uniform(60, 170),
        root=generator.uniform(55, 110),
        scale=_SCALES[generator.integers(len(_SCALES))],
        chords=[0, *generator.integers(0, 7, 3).tolist()],
    )
    track = np.zeros(sample_count + 4 * SAMPLE_RATE, np.float32)
    parts = (_chords, _arpeggio, _melody, _bass, _drums)
    chosen = generator.permutation(len(parts))[: generator.integers(1, len(parts) + 1)]
    for index in chosen:
        parts[index](generator, piece, track, sample_count)
    samples = track[:sample_count]
    samples /= samples.std() + 1e-6
    return samples


def _chords(generator: np.random.Generator, piece: _Piece, track: Samples, sample_count: int) -> None:
    timbre = _draw_timbre(generator)
    base = len(piece.scale) * 2
    for bar, start in enumerate(_starts(4 * piece.beat, sample_count)):
        chord = piece.chords[bar % 4]
        for third in (0, 2, 4):
            strummed = start + int(generator.integers(0, 800))
            _play(track, strummed, piece.frequency(base + chord + third), 4 * piece.beat, timbre, 0.5)


def _arpeggio(generator: np.random.Generator, piece: _Piece, track: Samples, sample_count: int) -> None:
    timbre = _draw_timbre(generator)
    pattern = generator.choice([0, 2, 4, 7], 4)
    base = len(piece.scale) * int(generator.integers(2, 4))
    for note, start in enumerate(_starts(piece.beat / 2, sample_count)):
        step = base + piece.chords[note // 8 % 4] + int(pattern[note % 4])
        _play(track, start, piece.frequency(step), piece.beat, timbre, 0.6)


def _melody(generator: np.random.Generator, piece: _Piece, track: Samples, sample_count: int) -> None:
    timbre = _draw_timbre(generator)
    step = len(piece.scale) * 3
    start = 0
    while start < sample_count:
        beats = float(generator.choice([0.5, 0.5, 1, 1, 2]))
        step = int(np.clip(step + generator.integers(-3, 4), len(piece.scale) * 2, len(piece.scale) * 5))
        if generator.random() < 0.85:
            _play(track, start, piece.frequency(step), beats * piece.beat, timbre, 1.0)
        start += int(beats * piece.beat * SAMPLE_RATE)


def _bass(generator: np.random.Generator, piece: _Piece, track: Samples, sample_count: int) -> None:
    timbre = _draw_timbre(generator)
    for note, start in enumerate(_starts(piece.beat, sample_count)):
        _play(track, start, piece.frequency(piece.chords[note // 4 % 4]), piece.beat, timbre, 1.0)


def _drums(generator: np.random.Generator, piece: _Piece, track: Samples, sample_count: int) -> None:
    times = np.arange(SAMPLE_RATE // 4) / SAMPLE_RATE
    noise = generator.standard_normal(len(times))
    kick = np.sin(2 * np.pi * (45 * times - 4 * np.exp(-times * 20))) * np.exp(-times * 12)
    snare = (0.6 * noise + np.sin(2 * np.pi * 190 * times)) * np.exp(-times * 20)
    hat = np.diff(noise, prepend=0) * np.exp(-times * 60)
    loudness = generator.uniform(0.3, 2)
    for half_beat, start in enumerate(_starts(piece.beat / 2, sample_count)):
        hit = 0.3 * hat
        if half_beat % 4 == 0:
            hit = hit + kick
        elif half_beat % 4 == 2:
            hit = hit + snare
        track[start : start + len(hit)] += (loudness * hit).astype(np.float32)


def _starts(seconds: float, sample_count: int) -> list[int]:
    """Samples at which something begins that comes again after some seconds."""
    return [int(start) for start in np.arange(0, sample_count, seconds * SAMPLE_RATE)]


def _draw_timbre(generator: np.random.Generator) -> _Timbre:
    numbers = np.arange(1, generator.integers(2, 10))
    harmonics = numbers ** -generator.uniform(0.5, 2.0) * generator.uniform(0.2, 1, len(numbers))
    if generator.random() < 0.25:
        harmonics[1::2] = 0
    return _Timbre(
        harmonics,
        decay=float(np.exp(generator.uniform(np.log(0.1), np.log(3)))),
        attack=generator.choice([0.003, 0.01, 0.08]),
        vibrato=generator.choice([0, 0, 0.004, 0.01]),
    )


def _play(  # noqa: PLR0917
    track: Samples, start: int, frequency: float, seconds: float, timbre: _Timbre, loudness: float
) -> None:
    length = min(int(seconds * SAMPLE_RATE), len(track) - start, 3 * SAMPLE_RATE)
    if length <= 0:
        return
    times = np.arange(length) / SAMPLE_RATE
    phase = 2 * np.pi * frequency * times + timbre.vibrato * frequency / 5.5 * np.sin(2 * np.pi * 5.5 * times)
    envelope = np.minimum(1, times / timbre.attack) * np.exp(-times / timbre.decay)
    envelope *= np.minimum(1, (length - np.arange(length)) / 320)
    wave = np.zeros(length)
    for number, amplitude in enumerate(timbre.harmonics, 1):
        if number * frequency < SAMPLE_RATE / 2 - 200:
            wave += amplitude * np.sin(number * phase)
    track[start : start + length] += (loudness * envelope * wave).astype(np.float32)
