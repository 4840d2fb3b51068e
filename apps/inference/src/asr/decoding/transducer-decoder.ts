import type { RecognizedToken } from "../../contracts/recognizer";
import type { OnnxRunner } from "../../runtime/onnx-session";
import { floatTensor, int32Tensor } from "../../runtime/tensors";
import type { EncodedFrames } from "../streaming/streaming-encoder";
import type { TransducerShape } from "../model/transducer-model";

/** NeMo's `max_symbols`: a frame that goes on emitting is left after this many. */
const maxSymbolsPerFrame = 10;

/**
 * The decoder's memory of one stream: plain numbers, never changed once made, so it may be shared,
 * stored or sent.
 */
export type DecoderState = {
  /** The last token emitted; the blank at the start, which is also the start symbol. */
  readonly lastToken: number;
  /** [layers, 1, width]: the LSTM *before* it has seen `lastToken`. */
  readonly hidden: Float32Array;
  readonly cell: Float32Array;
};

/**
 * Greedy RNN-T search (NeMo's `GreedyRNNTInfer`): at each frame tokens are emitted until the blank
 * wins, and only tokens move the prediction network on.
 */
export class TransducerDecoder {
  readonly #session: OnnxRunner;
  readonly #stateShape: readonly number[];
  readonly #blank: number;

  constructor(session: OnnxRunner, shape: TransducerShape, blank: number) {
    this.#session = session;
    this.#stateShape = [shape.predictorLayers, 1, shape.predictorWidth];
    this.#blank = blank;
  }

  start(): DecoderState {
    const size = this.#stateShape.reduce((product, length) => product * length, 1);
    return {
      lastToken: this.#blank,
      hidden: new Float32Array(size),
      cell: new Float32Array(size),
    };
  }

  /** @returns the chunk's tokens, their frames counted from the chunk's first */
  async decode(
    state: DecoderState,
    encoded: EncodedFrames,
  ): Promise<{ tokens: RecognizedToken[]; state: DecoderState }> {
    const tokens: RecognizedToken[] = [];
    let frame = 0;
    let symbols = 0;
    // One run scores every frame against the present prediction: silence costs one run a chunk.
    while (frame < encoded.count) {
      const scored = await this.#score(state, encoded);
      const emitting = firstEmitting(scored.logits, frame, encoded.count, this.#blank);
      if (emitting === null) break;
      if (emitting.frame !== frame) symbols = 0;
      ({ frame } = emitting);
      tokens.push({ id: emitting.token, frame });
      state = { ...scored.next, lastToken: emitting.token };
      if (++symbols === maxSymbolsPerFrame) {
        frame++;
        symbols = 0;
      }
    }
    return { tokens, state };
  }

  async #score(
    state: DecoderState,
    encoded: EncodedFrames,
  ): Promise<{ logits: Float32Array; next: Pick<DecoderState, "hidden" | "cell"> }> {
    const outputs = await this.#session.run({
      encoder_outputs: encoded.tensor,
      targets: int32Tensor([state.lastToken], [1, 1]),
      target_length: int32Tensor([1], [1]),
      input_states_1: floatTensor(state.hidden, this.#stateShape),
      input_states_2: floatTensor(state.cell, this.#stateShape),
    });
    return {
      logits: outputs.floats("outputs"),
      next: {
        hidden: outputs.floats("output_states_1"),
        cell: outputs.floats("output_states_2"),
      },
    };
  }
}

/** @param logits [frames, tokens + blank] */
function firstEmitting(
  logits: Float32Array,
  from: number,
  frames: number,
  blank: number,
): { frame: number; token: number } | null {
  const choices = blank + 1;
  for (let frame = from; frame < frames; frame++) {
    const token = argmax(logits, frame * choices, choices);
    if (token !== blank) return { frame, token };
  }
  return null;
}

function argmax(values: Float32Array, from: number, count: number): number {
  let best = 0;
  let bestValue = -Infinity;
  for (let index = 0; index < count; index++) {
    const value = values[from + index] ?? -Infinity;
    if (value > bestValue) {
      best = index;
      bestValue = value;
    }
  }
  return best;
}
