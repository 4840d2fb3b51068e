"""Safetensors files: a JSON header and the numbers, one tensor after another."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt


def write_safetensors(path: Path, tensors: Mapping[str, npt.NDArray[np.float32]]) -> None:
    """Write float32 tensors in the order of the mapping."""
    header: dict[str, dict[str, object]] = {}
    end = 0
    for name, tensor in tensors.items():
        start, end = end, end + tensor.size * 4
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [start, end]}
    head = json.dumps(header).encode()
    # The numbers begin at a multiple of eight bytes.
    head += b" " * (-len(head) % 8)
    body = b"".join(np.ascontiguousarray(tensor, "<f4").tobytes() for tensor in tensors.values())
    path.write_bytes(len(head).to_bytes(8, "little") + head + body)
