/**
 * The floor: onnxruntime in the shortest loop that can be written, one stream, chunk after chunk,
 * features computed beforehand, no text.
 */
import { join } from "node:path";
import { inspectModel } from "@parley/nemo-onnx/onnx/inspect-model";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { FeatureExtractor } from "@parley/speech/transducer/features/feature-extractor";
import { LogMel } from "@parley/speech/transducer/features/log-mel";
import { ChunkPlanner, type MelChunk } from "@parley/speech/transducer/chunking/chunk-planner";
import { serveProcess } from "@parley/threads/server/serve-process";
import type { EngineCalls, LoadRequest } from "./engine-calls";
import { LoopedSpeech } from "./looped-speech";
import { cpuMs, settledResidentBytes } from "./process-usage";

const sampleRate = 16_000;

type Shape = readonly number[];

let request: LoadRequest;
let encoder: InferenceSession;
let predictor: InferenceSession;
let joiner: InferenceSession;
/** The encoder's metadata. */
let sizes: Readonly<Record<string, string>>;

function zeros(shape: Shape): Tensor {
  return new Tensor("float32", new Float32Array(shape.reduce((a, b) => a * b, 1)), shape);
}

/** One stream's cache; NeMo's export has its sizes in the metadata only. */
function emptyCache(name: string): Tensor {
  return zeros([1, ...[1, 2, 3].map((axis) => Number(sizes[`${name}_dim${axis}`]))]);
}

/** A state of one stream; the graph's only free dimension is the batch. */
function emptyState(name: string): Tensor {
  const input = predictor.inputMetadata.find((value) => value.name === name);
  const declared = input?.isTensor === true ? input.shape : [];
  return zeros(declared.map((length) => (typeof length === "number" ? length : 1)));
}

async function open(file: string): Promise<InferenceSession> {
  return await InferenceSession.create(join(request.directory, file), {
    executionProviders: ["cpu"],
    intraOpNumThreads: request.threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    logSeverityLevel: 3,
  });
}

function nth(
  outputs: InferenceSession.ReturnType,
  session: InferenceSession,
  place: number,
): Tensor {
  const tensor = outputs[session.outputNames[place] ?? ""];
  if (tensor === undefined) throw new TypeError(`no output ${place}`);
  return tensor;
}

function planChunks(seconds: number): MelChunk[] {
  const mels = encoder.inputMetadata[0];
  const count = mels?.isTensor === true ? Number(mels.shape[1]) : 0;
  const logMel = new LogMel({ mels: count, normalization: "none", filterbank: null, window: null });
  const rightContext = request.chunkMs / 80 - 1;
  const planner = new ChunkPlanner({ mels: count, rightContext, hasExactFirstChunk: false });
  const sound = new LoopedSpeech(request.speech, 0).take(seconds * sampleRate);
  return planner.push(new FeatureExtractor(logMel).push(sound));
}

type Prediction = { outputs: Tensor; hidden: Tensor; cell: Tensor };

async function predict(token: number, hidden: Tensor, cell: Tensor): Promise<Prediction> {
  const [targets, lengths, first, second] = predictor.inputNames;
  const outputs = await predictor.run({
    [targets ?? ""]: new Tensor("int32", Int32Array.of(token), [1, 1]),
    [lengths ?? ""]: new Tensor("int32", Int32Array.of(1), [1]),
    [first ?? ""]: hidden,
    [second ?? ""]: cell,
  });
  return {
    outputs: nth(outputs, predictor, 0),
    hidden: nth(outputs, predictor, 2),
    cell: nth(outputs, predictor, 3),
  };
}

async function hear(chunks: readonly MelChunk[]): Promise<void> {
  let channel = emptyCache("cache_last_channel");
  let time = emptyCache("cache_last_time");
  let length: Tensor = new Tensor("int64", BigInt64Array.of(0n), [1]);
  const [, , first, second] = predictor.inputNames;
  const start = [emptyState(first ?? ""), emptyState(second ?? "")] as const;
  let prediction: Prediction | null = null;
  for (const { signal, mels, frames } of chunks) {
    const outputs = await encoder.run({
      audio_signal: new Tensor("float32", signal, [1, mels, frames]),
      length: new Tensor("int64", BigInt64Array.of(BigInt(frames)), [1]),
      cache_last_channel: channel,
      cache_last_time: time,
      cache_last_channel_len: length,
    });
    const encoded = nth(outputs, encoder, 0);
    channel = nth(outputs, encoder, 2);
    time = nth(outputs, encoder, 3);
    length = nth(outputs, encoder, 4);
    const [, width = 0, count = 0] = encoded.dims;
    const values = encoded.data as Float32Array;
    for (let frame = 0; frame < count; frame++) {
      const column = Float32Array.from(
        { length: width },
        (_, row) => values[row * count + frame] ?? 0,
      );
      for (let symbol = 0; symbol < 10; symbol++) {
        const blank = vocabularySize(joiner);
        prediction ??= await predict(blank, ...start);
        const joined = await joiner.run({
          [joiner.inputNames[0] ?? ""]: new Tensor("float32", column, [1, width, 1]),
          [joiner.inputNames[1] ?? ""]: prediction.outputs,
        });
        const token = argmax(nth(joined, joiner, 0).data as Float32Array);
        if (token === blank) break;
        prediction = await predict(token, prediction.hidden, prediction.cell);
      }
    }
  }
}

function vocabularySize(session: InferenceSession): number {
  const [output] = session.outputMetadata;
  return output?.isTensor === true ? Number(output.shape.at(-1)) - 1 : 0;
}

function argmax(values: Float32Array): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) {
    if ((values[index] ?? 0) > (values[best] ?? 0)) best = index;
  }
  return best;
}

const engine: Pick<EngineCalls, "load" | "rush"> = {
  async load(given) {
    request = given;
    const startMs = performance.now();
    [encoder, predictor, joiner] = await Promise.all([
      open("encoder.onnx"),
      open("decoder.onnx"),
      open("joiner.onnx"),
    ]);
    ({ metadata: sizes } = await inspectModel(join(request.directory, "encoder.onnx")));
    await hear(planChunks(2));
    return { loadMs: performance.now() - startMs, residentBytes: await settledResidentBytes() };
  },

  async rush({ seconds }) {
    const chunks = planChunks(seconds);
    const startMs = performance.now();
    const startCpuMs = cpuMs();
    await hear(chunks);
    return { wallMs: performance.now() - startMs, cpuMs: cpuMs() - startCpuMs, text: "" };
  },
};

await serveProcess<typeof engine>(() => ({ calls: engine }));
