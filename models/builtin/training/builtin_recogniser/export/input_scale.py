"""The scaling of log-mels that training keeps apart, and NeMo's networks do not have.

Training feeds (x + 9) / 4, which has about zero mean and unit variance. A convolution can take that on
itself: w·(x + 9) / 4 + b = (w / 4)·x + (b + 9 · sum(w) / 4).
"""

from collections.abc import Mapping

from torch import Tensor

OFFSET = 9.0
DIVISOR = 4.0

_WEIGHT = "encoder.pre_encode.conv.0.weight"
_BIAS = "encoder.pre_encode.conv.0.bias"


def fold_input_scale(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Put the scaling into the first convolution; the padding with raw zeros stays what it is."""
    kernel = weights[_WEIGHT] / DIVISOR
    bias = weights[_BIAS] + OFFSET * kernel.sum((1, 2, 3))
    return {**weights, _WEIGHT: kernel, _BIAS: bias}


def unfold_input_scale(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Take the scaling out again."""
    kernel = weights[_WEIGHT]
    bias = weights[_BIAS] - OFFSET * kernel.sum((1, 2, 3))
    return {**weights, _WEIGHT: kernel * DIVISOR, _BIAS: bias}
