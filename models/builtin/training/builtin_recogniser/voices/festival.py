"""Festival as a long-lived child process.

Debian: festival, festvox-kdlpc16k, festvox-kallpc16k, festvox-us-slt-hts, and those of `foreign_accents`.
"""

import subprocess
import tempfile
from pathlib import Path

import numpy as np
from scipy.io import wavfile

from builtin_recogniser.features import Samples
from builtin_recogniser.voices.foreign_accents import FOREIGN_VOICES, definitions, selection
from builtin_recogniser.voices.synthesiser import Prosody, to_recogniser_rate

_STATISTICAL_VOICE = "cmu_us_slt_arctic_hts"
_DIPHONE_PITCH_HERTZ = 105.0
"""Of ked and kal."""
_RELATIVE_SPREAD = 0.14
"""Standard deviation of the fundamental frequency as a share of its mean, as ked and kal have it."""
_UTTERANCES_PER_CHILD = 1_000
"""Festival frees little memory; a fresh child costs a tenth of a second."""

_DEFINITIONS = """
(define (set_diphone_prosody stretch mean spread)
  (Parameter.set 'Duration_Stretch stretch)
  (set! int_lr_params (list (list 'target_f0_mean mean) (list 'target_f0_std spread)
                            '(model_f0_mean 170) '(model_f0_std 34))))
(define (set_statistical_prosody rate)
  (set! hts_engine_params (append cmu_us_slt_arctic_hts::hts_engine_params (list (list "-r" rate)))))
(define (say text path)
  (utt.save.wave (utt.synth (eval (list 'Utterance 'Text text))) path 'riff)
  (format t "said\\n")
  (fflush nil))
"""


class Festival:
    """The Americans ked_diphone, kal_diphone (men), cmu_us_slt_arctic_hts (woman), and `FOREIGN_VOICES`.

    The child ends when its input closes, at the latest with this process.
    """

    name = "festival"

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="festival-")
        self._child: subprocess.Popen[str] | None = None
        self._said = 0

    def speak(self, text: str, voice: str, prosody: Prosody) -> Samples:
        """Say `text`: samples at 16 kHz."""
        path = Path(self._folder.name, "utterance.wav")
        quoted = text.replace("\\", " ").replace('"', " ")
        select = selection(voice) if voice in FOREIGN_VOICES else f"(voice_{voice})"
        self._run(f'{select} {_prosody_command(voice, prosody)} (say "{quoted}" "{path}")\n')
        rate, pcm = wavfile.read(path)
        return to_recogniser_rate((pcm / 32768).astype(np.float32), rate)

    def _run(self, command: str) -> None:
        if self._child is None or self._said >= _UTTERANCES_PER_CHILD:
            self._end_child()
            self._child = _start_child()
            self._said = 0
        self._said += 1
        assert self._child.stdin is not None and self._child.stdout is not None
        self._child.stdin.write(command)
        self._child.stdin.flush()
        if self._child.stdout.readline() != "said\n":
            self._end_child()
            raise RuntimeError(f"Festival failed on {command}")

    def _end_child(self) -> None:
        if self._child is not None:
            self._child.communicate()
            self._child = None


def _start_child() -> "subprocess.Popen[str]":
    child = subprocess.Popen(
        ["festival", "--pipe"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdin is not None
    child.stdin.write(_DEFINITIONS + definitions())
    return child


def _prosody_command(voice: str, prosody: Prosody) -> str:
    if voice == _STATISTICAL_VOICE:
        return f"(set_statistical_prosody {prosody.rate:.3f})"  # its pitch cannot be set
    mean = prosody.pitch * (
        FOREIGN_VOICES[voice].pitch_hertz if voice in FOREIGN_VOICES else _DIPHONE_PITCH_HERTZ
    )
    spread = _RELATIVE_SPREAD * mean * prosody.pitch_range
    return f"(set_diphone_prosody {1.1 / prosody.rate:.3f} {mean:.1f} {spread:.1f})"
