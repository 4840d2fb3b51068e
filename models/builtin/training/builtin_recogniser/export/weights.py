"""State dicts: of a training run, and as NeMo's archives keep them."""

import io
import tempfile
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from builtin_recogniser.export.archive import WEIGHTS

_PREPROCESSOR = "preprocessor."
"""Window and filterbank, which NeMo keeps among the weights."""


def is_training_aid(name: str) -> bool:
    """Whether a tensor is of a head that guides training and recognises nothing."""
    return name.startswith("ctc")


def trained_weights(checkpoint: Path) -> dict[str, Tensor]:
    """Read what a training run found best: its moving average, or the weights where there is none."""
    stored = torch.load(checkpoint, map_location="cpu", weights_only=True)
    weights: dict[str, Tensor] = stored.get("ema", stored["model"])
    return {name: tensor for name, tensor in weights.items() if not is_training_aid(name)}


def blended(weights: Mapping[str, Tensor], earlier: Mapping[str, Tensor], share: float) -> dict[str, Tensor]:
    """Interpolate between weights before and after further training (Wortsman et al. 2022, WiSE-FT).

    `share` is that of the later weights. What was known before is kept, and most of what was learnt.
    """
    return {name: torch.lerp(earlier[name], tensor, share) for name, tensor in weights.items()}


def decode_weights(content: bytes) -> dict[str, Tensor]:
    """Read `model_weights.ckpt`."""
    weights: dict[str, Tensor] = torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)
    return weights


def encode_weights(weights: Mapping[str, Tensor]) -> bytes:
    """Write `model_weights.ckpt`; equal weights give equal bytes."""
    # A view or an expanded tensor would drag its whole storage along.
    own = {name: tensor.detach().float().contiguous().clone() for name, tensor in weights.items()}
    with tempfile.TemporaryDirectory() as folder:
        # torch calls the folder inside the file by the file's name.
        path = Path(folder) / WEIGHTS
        torch.save(own, path)
        return path.read_bytes()


def preprocessor_buffers(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Pick the buffers of the log-mel preprocessor, which no training changes."""
    return {name: tensor for name, tensor in weights.items() if name.startswith(_PREPROCESSOR)}


def without_preprocessor(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Leave them out."""
    return {name: tensor for name, tensor in weights.items() if not name.startswith(_PREPROCESSOR)}
