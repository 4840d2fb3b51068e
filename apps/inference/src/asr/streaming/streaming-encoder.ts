import type { OnnxRunner } from "../../runtime/onnx-session";
import { floatTensor, int64Tensor, zeroTensor, type Tensor } from "../../runtime/tensors";
import type { MelChunk } from "./chunk-planner";
import type { TransducerShape } from "../model/transducer-model";

/**
 * The encoder's memory of one stream. No step changes a state it was given, so a copy is the
 * reference itself.
 */
export type EncoderState = {
  /** [1, layers, left context, width]: inputs of the attention layers. */
  readonly lastChannel: Tensor;
  /** [1, layers, width, convolution context]: inputs of the convolutions. */
  readonly lastTime: Tensor;
  /** int64 [1]: frames of `lastChannel` that hold something. */
  readonly lastChannelLength: Tensor;
};

/** [1, width, count], as the joint takes it; a frame is 80 ms. */
export type EncodedFrames = { tensor: Tensor; count: number };

/**
 * NeMo's `ConformerEncoder.cache_aware_stream_step`. In these graphs the right context is not baked
 * in: within a chunk every frame sees every other.
 */
export class StreamingEncoder {
  readonly #session: OnnxRunner;
  readonly #shape: TransducerShape;

  constructor(session: OnnxRunner, shape: TransducerShape) {
    this.#session = session;
    this.#shape = shape;
  }

  start(): EncoderState {
    const { layers, leftContext, width, convolutionContext } = this.#shape;
    return {
      lastChannel: zeroTensor([1, layers, leftContext, width]),
      lastTime: zeroTensor([1, layers, width, convolutionContext]),
      lastChannelLength: int64Tensor([0], [1]),
    };
  }

  async step(
    state: EncoderState,
    chunk: MelChunk,
  ): Promise<{ encoded: EncodedFrames; state: EncoderState }> {
    const outputs = await this.#session.run({
      audio_signal: floatTensor(chunk.signal, [1, chunk.mels, chunk.frames]),
      length: int64Tensor([chunk.frames], [1]),
      cache_last_channel: state.lastChannel,
      cache_last_time: state.lastTime,
      cache_last_channel_len: state.lastChannelLength,
      drop_extra: int64Tensor([chunk.dropExtra], [1]),
    });
    const tensor = outputs.tensor("outputs");
    return {
      encoded: { tensor, count: tensor.dims[2] ?? 0 },
      state: {
        lastChannel: outputs.tensor("cache_last_channel_next"),
        lastTime: outputs.tensor("cache_last_time_next"),
        lastChannelLength: outputs.tensor("cache_last_channel_next_len"),
      },
    };
  }
}
