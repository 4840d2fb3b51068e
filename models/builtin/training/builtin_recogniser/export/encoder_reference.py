"""What the encoder makes of a made-up signal: the reference for Parley's streaming graph.

`packages/nemo-onnx/src/convert/builtin-model.test.ts` makes the same signal and streams it through the graph.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt
import torch

from builtin_recogniser.network.model import Recogniser

_FRAMES = 650
_RIGHT_CONTEXTS = (1, 6, 13)
"""Trained ones, and another that the same weights can run with."""

Floats = npt.NDArray[np.float32]


def encoder_reference(network: Recogniser) -> dict[str, Floats]:
    """Run the encoder for every right context R.

    `R….encoded` is [frames of 80 ms, width]; `R….cache_last_time` [layers, width, kernel - 1] is what the
    convolutions remember after the last whole chunk.
    """
    results: dict[str, Floats] = {}
    for right_context in _RIGHT_CONTEXTS:
        signal = made_up_signal(network.settings.mels, _FRAMES, seed=right_context + 1)
        heard = signal[:, : _frames_of_whole_chunks(right_context)]
        with torch.no_grad(), _convolution_inputs(network) as inputs:
            encoded = network.encoder(torch.from_numpy(heard.T.copy())[None], right_context)
        remembered = [of_layer[0, :, 1 - network.settings.kernel :] for of_layer in inputs]
        results[f"R{right_context}.encoded"] = encoded[0].numpy()
        results[f"R{right_context}.cache_last_time"] = torch.stack(remembered).numpy()
    return results


def made_up_signal(mels: int, frames: int, seed: int) -> Floats:
    """Something like log-mels of speech, [mels, frames]; the test's own arithmetic in double precision."""
    state = float(seed)
    values = np.empty(mels * frames)
    for index in range(len(values)):
        state = (state * 1_103_515_245 + 12_345) % 2**31
        values[index] = state / 2**31 - 0.5
    waves = 3 * np.sin(np.arange(len(values)) / 50)
    return (-9 + waves + 4 * values).reshape(mels, frames).astype(np.float32)


def _frames_of_whole_chunks(right_context: int) -> int:
    first = 1 + 8 * right_context
    chunk = 8 * (right_context + 1)
    return first + (_FRAMES - first) // chunk * chunk


@contextmanager
def _convolution_inputs(network: Recogniser) -> Iterator[list[torch.Tensor]]:
    """Collect what each layer's depthwise convolution is fed: [batch, width, past frames + frames]."""
    inputs: list[torch.Tensor] = []
    hooks = [
        module.register_forward_pre_hook(lambda _, arguments: inputs.append(arguments[0]))
        for name, module in network.encoder.named_modules()
        if name.endswith(".depthwise_conv")
    ]
    try:
        yield inputs
    finally:
        for hook in hooks:
            hook.remove()
