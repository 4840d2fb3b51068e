"""Finds C libraries of synthesisers that have no Python binding."""

import ctypes
import ctypes.util
from pathlib import Path

import numpy as np

from builtin_recogniser.features import Samples


def load_library(name: str) -> ctypes.CDLL:
    """Load `lib<name>` so that libraries loaded later see its symbols."""
    candidates = sorted(Path("/usr/lib").glob(f"*/lib{name}.so.*"))
    path = str(candidates[0]) if candidates else ctypes.util.find_library(name)
    if path is None:
        raise FileNotFoundError(f"lib{name} is not installed")
    return ctypes.CDLL(path, mode=ctypes.RTLD_GLOBAL)


def copy_samples(pointer: "ctypes._Pointer[ctypes.c_short]", count: int) -> Samples:
    """Copy 16-bit samples out of memory that the library owns; floats in [-1, 1]."""
    return (np.ctypeslib.as_array(pointer, (count,)) / 32768).astype(np.float32)
