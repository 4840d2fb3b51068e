"""Log-mels against NeMo's own."""

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from builtin_recogniser.features import SILENCE, log_mels
from builtin_recogniser.wave_file import read_wave

FIXTURES = Path(__file__).parents[4] / "packages/speech/src/transducer/fixtures"


def nemo_log_mels(name: str) -> npt.NDArray[np.float32]:
    """[mels, frames] of a recording; the last frame is NeMo's padding."""
    contents = (FIXTURES / "mel80.safetensors").read_bytes()
    header_length = int.from_bytes(contents[:8], "little")
    entry = json.loads(contents[8 : 8 + header_length])[f"{name}.logmel"]
    start, end = (8 + header_length + offset for offset in entry["data_offsets"])
    return np.frombuffer(contents[start:end], np.float32).reshape(entry["shape"])[:, :-1]


@pytest.mark.skipif(not FIXTURES.exists(), reason="the fixtures lie elsewhere in the repository")
@pytest.mark.parametrize("name", ["flite_slt", "silence2", "tiny", "white2"])
def test_features_are_nemos(name: str) -> None:
    features = log_mels(read_wave(FIXTURES / "audio" / f"{name}.wav"))
    np.testing.assert_allclose(features.T, nemo_log_mels(name), atol=1e-3)


def test_digital_silence_reads_the_guard() -> None:
    np.testing.assert_allclose(log_mels(np.zeros(1_600, np.float32)), SILENCE, atol=1e-6)
