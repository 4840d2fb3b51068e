import { floatTensor, int64Tensor, wideTensor, type Tensor } from "../../runtime/tensors";
import type { OnnxRunner } from "../../runtime/onnx-session";
import type {
  StreamingEncoder,
  StreamingEncoderResult,
  StreamingEncoderStep,
  StreamingShape,
} from "./asr-model";
import type { CacheInterface, EncoderInterface } from "./encoder-interface";
import { encodedFrames, signalTensor } from "./encoder-tensors";

type StreamingGraphEncoderOptions = {
  graph: EncoderInterface & { caches: CacheInterface };
  shape: StreamingShape;
  mels: number;
  rightContexts: readonly number[];
};

/**
 * Cache-aware encoder in an ONNX graph. Caches are fed without being transposed: layers come first
 * only where the batch is one, and then both layouts are the same.
 */
export class StreamingGraphEncoder implements StreamingEncoder {
  readonly type = "streaming";
  readonly shape: StreamingShape;
  readonly rightContexts: readonly number[];
  readonly hasExactFirstChunk: boolean;
  readonly maxBatch: number;
  readonly fixedFrames: number | null;
  readonly #session: OnnxRunner;
  readonly #graph: StreamingGraphEncoderOptions["graph"];
  readonly #mels: number;

  constructor(
    session: OnnxRunner,
    { graph, shape, mels, rightContexts }: StreamingGraphEncoderOptions,
  ) {
    this.#session = session;
    this.#graph = graph;
    this.#mels = mels;
    this.shape = shape;
    this.rightContexts = rightContexts;
    // A padded first chunk would leave its padding in the cache.
    this.hasExactFirstChunk = graph.dropExtra !== null && graph.fixedFrames === null;
    this.maxBatch = graph.isSingle ? 1 : Infinity;
    this.fixedFrames = graph.fixedFrames;
  }

  async run(step: StreamingEncoderStep): Promise<StreamingEncoderResult> {
    const { caches, dropExtra, language } = this.#graph;
    const { batch } = step;
    if (batch > this.maxBatch) throw new TypeError(`${batch} streams in a run of one`);
    const feeds: Record<string, Tensor> = {
      [this.#graph.signal]: signalTensor(this.#graph, step.signal, [
        batch,
        this.#mels,
        step.frames,
      ]),
      [this.#graph.length]: wideTensor(step.lengths, [batch]),
      [caches.lastChannel]: floatTensor(step.lastChannel, this.#channelShape(batch)),
      [caches.lastTime]: floatTensor(step.lastTime, this.#timeShape(batch)),
      [caches.lastChannelLength]: wideTensor(step.lastChannelLength, [batch]),
    };
    if (dropExtra !== null) feeds[dropExtra] = int64Tensor([step.dropExtra], [1]);
    else if (step.dropExtra !== 2) {
      throw new TypeError(`this graph always drops 2 frames, not ${step.dropExtra}`);
    }
    if (language !== null) feeds[language] = languageTensor(step);
    const outputs = await this.#session.run(feeds);
    return {
      encoded: encodedFrames(this.#graph, outputs, this.shape.width),
      nextChannel: outputs.floats(caches.nextLastChannel),
      channelFrames: outputs.tensor(caches.nextLastChannel).dims[2] ?? 0,
      nextLastTime: outputs.floats(caches.nextLastTime),
      nextLastChannelLength: outputs.integers(caches.nextLastChannelLength),
    };
  }

  #channelShape(batch: number): number[] {
    const { channelRows, leftContext, channelWidth } = this.shape;
    const lead = this.#graph.caches.isLayerFirst ? [channelRows, batch] : [batch, channelRows];
    return [...lead, leftContext, channelWidth];
  }

  #timeShape(batch: number): number[] {
    const { layers, width, convolutionContext } = this.shape;
    const lead = this.#graph.caches.isLayerFirst ? [layers, batch] : [batch, layers];
    return [...lead, width, convolutionContext];
  }
}

function languageTensor({ languages, batch }: StreamingEncoderStep): Tensor {
  if (languages?.length !== batch) throw new TypeError("a prompted model needs its languages");
  return int64Tensor(languages, [batch]);
}
