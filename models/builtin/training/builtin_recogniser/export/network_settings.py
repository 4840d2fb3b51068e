"""The sizes of a network, read off its weights."""

import re
from collections.abc import Mapping

from torch import Tensor

from builtin_recogniser.network.settings import NetworkSettings


def network_settings(weights: Mapping[str, Tensor]) -> NetworkSettings:
    """Tell the sizes from tensors with NeMo's names; mels and left context are not among them."""
    layers = {found[1] for name in weights if (found := re.match(r"encoder\.layers\.(\d+)\.", name))}
    layer = "encoder.layers.0."
    embeddings, prediction_width = weights["decoder.prediction.embed.weight"].shape
    return NetworkSettings(
        vocabulary=embeddings - 1,
        width=weights[f"{layer}norm_out.weight"].shape[0],
        layers=len(layers),
        heads=weights[f"{layer}self_attn.pos_bias_u"].shape[0],
        subsampling_channels=weights["encoder.pre_encode.conv.0.weight"].shape[0],
        kernel=weights[f"{layer}conv.depthwise_conv.weight"].shape[2],
        prediction_width=prediction_width,
        joint_width=weights["joint.enc.weight"].shape[0],
    )
