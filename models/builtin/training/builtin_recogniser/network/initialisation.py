"""Initial weights. With torch's defaults the signal fades in the subsampling and the losses stand still."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from builtin_recogniser.network.encoder import Encoder
from builtin_recogniser.network.joint import Joint
from builtin_recogniser.network.prediction import Prediction
from builtin_recogniser.network.subsampling import STAGES, Subsampling, flattened, padded, scaled

_LAST_OF_BRANCH = ("linear2", "linear_out", "pointwise_conv2")


def initialise(encoder: Encoder, prediction: Prediction, joint: Joint, heads: Sequence[nn.Linear]) -> None:
    """Draw weights that keep the variance; ends of residual branches and scores begin at half the size."""
    for name, parameter in encoder.layers.named_parameters():
        if parameter.dim() >= 2 and "pos_bias" not in name:
            gain = 0.5 if any(part in name for part in _LAST_OF_BRANCH) else 1.0
            nn.init.normal_(parameter, std=gain / math.sqrt(parameter[0].numel()))
    embedding = prediction.prediction["embed"].weight
    assert isinstance(embedding, Tensor)
    nn.init.normal_(embedding)
    embedding.data[-1] = 0
    for layer in (joint.enc, joint.pred):
        _initialise_linear(layer, gain=1.0)
    for layer in (joint.output, *heads):
        _initialise_linear(layer, gain=0.5)


def _initialise_linear(layer: nn.Linear, gain: float) -> None:
    nn.init.normal_(layer.weight, std=gain / math.sqrt(layer.in_features))
    nn.init.zeros_(layer.bias)


@torch.no_grad()
def fit_subsampling(subsampling: Subsampling, features: Tensor) -> None:
    """Scale every step to zero mean and unit variance on real log-mels [batch, frames, mels]."""
    convolutions = subsampling.conv
    image = functional.relu(_fit(convolutions["0"], scaled(features)))
    for depthwise, pointwise in STAGES:
        image = functional.relu(_fit(convolutions[pointwise], _fit(convolutions[depthwise], padded(image))))
    _fit(subsampling.out, flattened(image))


def _fit(layer: nn.Module, inputs: Tensor) -> Tensor:
    assert isinstance(layer, nn.Conv2d | nn.Linear) and layer.bias is not None
    output: Tensor = layer(inputs)
    channel = 1 if output.dim() == 4 else 2
    others = [dimension for dimension in range(output.dim()) if dimension != channel]
    scale = 1 / (output.std(others) + 1e-3)
    layer.weight.mul_(scale.view(-1, *[1] * (layer.weight.dim() - 1)))
    layer.bias.zero_()
    layer.bias.sub_(layer(inputs).mean(others))
    fitted: Tensor = layer(inputs)
    return fitted
