import type { OnnxRunner } from "../../runtime/onnx-session";
import { wideTensor } from "../../runtime/tensors";
import type { EncodedFrames, OfflineEncoder } from "./asr-model";
import type { EncoderInterface } from "./encoder-interface";
import { encodedFrames, signalTensor } from "./encoder-tensors";

/** Offline encoder in an ONNX graph. */
export class OfflineGraphEncoder implements OfflineEncoder {
  readonly type = "offline";
  readonly width: number;
  readonly maxBatch: number;
  readonly #session: OnnxRunner;
  readonly #graph: EncoderInterface;
  readonly #mels: number;

  constructor(
    session: OnnxRunner,
    { graph, width, mels }: { graph: EncoderInterface; width: number; mels: number },
  ) {
    this.#session = session;
    this.#graph = graph;
    this.#mels = mels;
    this.width = width;
    this.maxBatch = graph.isSingle ? 1 : Infinity;
  }

  async run(
    signal: Float32Array,
    frames: number,
    lengths: BigInt64Array,
  ): Promise<EncodedFrames[]> {
    const batch = lengths.length;
    const outputs = await this.#session.run({
      [this.#graph.signal]: signalTensor(this.#graph, signal, [batch, this.#mels, frames]),
      [this.#graph.length]: wideTensor(lengths, [batch]),
    });
    return encodedFrames(this.#graph, outputs, this.width);
  }
}
