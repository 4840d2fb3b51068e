import type { OnnxOutputs, OnnxRunner } from "../../runtime/onnx-session";
import { floatTensor, int64Tensor, wideTensor, type Tensor } from "../../runtime/tensors";
import type { DeviceUploads } from "../../runtime/device/device-uploads";
import type { RowGraphs } from "../../runtime/device/row-graphs";
import type {
  DeviceEncoder,
  StreamingEncoder,
  StreamingEncoderInput,
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
  /** Null unless the session leaves the caches on its device. */
  device: { rows: RowGraphs; uploads: DeviceUploads; freeBytes: number } | null;
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
  readonly device: DeviceEncoder | null;
  readonly #session: OnnxRunner;
  readonly #graph: StreamingGraphEncoderOptions["graph"];
  readonly #mels: number;

  constructor(
    session: OnnxRunner,
    { graph, shape, mels, rightContexts, device }: StreamingGraphEncoderOptions,
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
    this.device = device === null ? null : this.#onDevice(device);
  }

  async run(step: StreamingEncoderStep): Promise<StreamingEncoderResult> {
    const { caches } = this.#graph;
    const { batch } = step;
    const outputs = await this.#compute(step, step.lastChannelLength, [
      floatTensor(step.lastChannel, this.#channelShape(batch)),
      floatTensor(step.lastTime, this.#timeShape(batch)),
    ]);
    return {
      encoded: encodedFrames(this.#graph, outputs, this.shape.width),
      nextChannel: outputs.floats(caches.nextLastChannel),
      channelFrames: outputs.tensor(caches.nextLastChannel).dims[2] ?? 0,
      nextLastTime: outputs.floats(caches.nextLastTime),
      nextLastChannelLength: outputs.integers(caches.nextLastChannelLength),
    };
  }

  #onDevice({
    rows,
    uploads,
    freeBytes,
  }: NonNullable<StreamingGraphEncoderOptions["device"]>): DeviceEncoder {
    const { caches } = this.#graph;
    return {
      freeBytes,
      cacheDims: (batch) => [this.#channelShape(batch), this.#timeShape(batch)],
      upload: (tensor) => uploads.upload(tensor),
      join: (streams) => rows.join(streams),
      split: (joined, count) => rows.split(joined, count),
      run: async (input, given, lengths) => {
        const outputs = await this.#compute(input, lengths, given);
        return {
          encoded: encodedFrames(this.#graph, outputs, this.shape.width),
          caches: [outputs.tensor(caches.nextLastChannel), outputs.tensor(caches.nextLastTime)],
          nextLengths: outputs.integers(caches.nextLastChannelLength),
        };
      },
    };
  }

  async #compute(
    input: StreamingEncoderInput,
    lengths: BigInt64Array,
    [lastChannel, lastTime]: readonly Tensor[],
  ): Promise<OnnxOutputs> {
    const { caches, dropExtra, language } = this.#graph;
    const { batch } = input;
    if (batch > this.maxBatch) throw new TypeError(`${batch} streams in a run of one`);
    if (lastChannel === undefined || lastTime === undefined) throw new TypeError("two caches");
    const feeds: Record<string, Tensor> = {
      [this.#graph.signal]: signalTensor(this.#graph, input.signal, [
        batch,
        this.#mels,
        input.frames,
      ]),
      [this.#graph.length]: wideTensor(input.lengths, [batch]),
      [caches.lastChannel]: lastChannel,
      [caches.lastTime]: lastTime,
      [caches.lastChannelLength]: wideTensor(lengths, [batch]),
    };
    if (dropExtra !== null) feeds[dropExtra] = int64Tensor([input.dropExtra], [1]);
    else if (input.dropExtra !== 2) {
      throw new TypeError(`this graph always drops 2 frames, not ${input.dropExtra}`);
    }
    if (language !== null) feeds[language] = languageTensor(input);
    return await this.#session.run(feeds);
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

function languageTensor({ languages, batch }: StreamingEncoderInput): Tensor {
  if (languages?.length !== batch) throw new TypeError("a prompted model needs its languages");
  return int64Tensor(languages, [batch]);
}
