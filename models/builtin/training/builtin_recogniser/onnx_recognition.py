"""Recognition with the exported graphs in plain onnxruntime: a second opinion on the product's engine."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from sentencepiece import SentencePieceProcessor

from builtin_recogniser.features import LogMels, Samples, log_mels
from builtin_recogniser.recognition import Recognition, in_whole_chunks

_REPEATED_FRAMES = 9
"""Frames of 10 ms that every chunk but the first repeats of the one before."""
_DROPPED = 2
"""Encoder frames that those give, and that the encoder drops."""
_SYMBOLS_PER_FRAME = 10

Floats = npt.NDArray[np.float32]


class OnnxRecogniser:
    """One recording at a time, chunk by chunk and frame by frame, without any cleverness."""

    def __init__(self, folder: Path, right_context: int) -> None:
        self._encoder = _open(folder / "encoder.onnx")
        self._decoder = _open(folder / "decoder_joint.onnx")
        self._tokenizer = SentencePieceProcessor(model_file=str(folder / "tokenizer.model"))
        self._right_context = right_context

    def recognise(self, samples: Samples) -> Recognition:
        """Hear a recording."""
        features = in_whole_chunks(log_mels(samples), self._right_context)
        ids = self._decode(self._encode(features))
        return Recognition(ids, self._tokenizer.decode(ids))

    def _encode(self, features: LogMels) -> Iterator[Floats]:
        """Yield encoder frames [1, width, 1] of log-mels [frames, mels]."""
        shapes = {value.name: value.shape for value in self._encoder.get_inputs()}
        channel = np.zeros([1, *shapes["cache_last_channel"][1:]], np.float32)
        time = np.zeros([1, *shapes["cache_last_time"][1:]], np.float32)
        held = np.zeros(1, np.int64)
        position, end = 0, 1 + 8 * self._right_context
        while end <= len(features):
            signal = features[max(0, position - _REPEATED_FRAMES) : end].T[None]
            inputs = {
                "audio_signal": np.ascontiguousarray(signal),
                "length": np.array([signal.shape[2]]),
                "cache_last_channel": channel,
                "cache_last_time": time,
                "cache_last_channel_len": held,
                "drop_extra": np.array([_DROPPED if position else 0]),
            }
            encoded, _, added, time, held = self._encoder.run(None, inputs)
            channel = np.concatenate([channel, added], axis=2)[:, :, -channel.shape[2] :]
            for frame in range(encoded.shape[2]):
                yield encoded[:, :, frame : frame + 1]
            position, end = end, end + 8 * (self._right_context + 1)

    def _decode(self, frames: Iterator[Floats]) -> list[int]:
        shapes = {value.name: value.shape for value in self._decoder.get_inputs()}
        state = np.zeros([1, 1, shapes["input_states_1"][2]], np.float32)
        states = (state, state)
        blank = self._tokenizer.get_piece_size()
        ids: list[int] = []
        for frame in frames:
            for _ in range(_SYMBOLS_PER_FRAME):
                inputs = {
                    "encoder_outputs": np.ascontiguousarray(frame),
                    "targets": np.array([[ids[-1] if ids else blank]], np.int32),
                    "target_length": np.ones(1, np.int32),
                    "input_states_1": states[0],
                    "input_states_2": states[1],
                }
                scores, _, hidden, cell = self._decoder.run(None, inputs)
                best = int(scores.argmax())
                if best == blank:
                    break
                ids.append(best)
                states = (hidden, cell)
        return ids


def _open(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
