/** The floor: memory, and onnxruntime in the shortest loop that can be written. */
import { InferenceSession, Tensor } from "onnxruntime-node";
import { percentile } from "../../support/percentiles";
import { serveProcess } from "@parley/threads/server/serve-process";
import type { FloorCalls, GraphInput, GraphRuns } from "./floor-calls";

const copiedBytes = 2 ** 28;
const repetitions = 7;

/** In GB/s: bytes per millisecond, times a million. */
const gigabytesPerSecond = (bytes: number, ms: number) => bytes / ms / 1e6;

function copySpeed(): number {
  const source = new Float32Array(copiedBytes / 4).fill(1);
  const target = new Float32Array(copiedBytes / 4).fill(2);
  const spentMs = Array.from({ length: repetitions }, () => {
    const startMs = performance.now();
    target.set(source);
    return performance.now() - startMs;
  });
  return gigabytesPerSecond(2 * copiedBytes, percentile(spentMs, 0.5));
}

async function open({
  file,
  threads,
  flushesDenormals,
}: Pick<GraphRuns, "file" | "threads" | "flushesDenormals">): Promise<InferenceSession> {
  return await InferenceSession.create(file, {
    executionProviders: ["cpu"],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    logSeverityLevel: 3,
    extra: { session: flushesDenormals ? { set_denormal_as_zero: "1" } : {} },
  });
}

/** Input tensors; their values do not affect the time of a run. */
function tensors(session: InferenceSession, { dims, fill }: GraphInput): Record<string, Tensor> {
  return Object.fromEntries(
    session.inputMetadata.map((input) => {
      if (!input.isTensor) throw new TypeError(`${input.name} is no tensor`);
      const shape = input.shape.map((dimension) => {
        const length = typeof dimension === "number" ? dimension : dims[dimension];
        if (length === undefined) throw new TypeError(`${input.name} has a ${dimension}`);
        return length;
      });
      const count = shape.reduce((product, length) => product * length, 1);
      const value = fill[input.name];
      const tensor =
        input.type === "int64"
          ? new Tensor("int64", new BigInt64Array(count).fill(BigInt(value ?? 0)), shape)
          : new Tensor("float32", new Float32Array(count).fill(value ?? 0.01), shape);
      return [input.name, tensor];
    }),
  );
}

async function timeRuns(
  session: InferenceSession,
  feeds: Record<string, Tensor>,
  times: number,
): Promise<number[]> {
  await session.run(feeds);
  const spentMs: number[] = [];
  for (let time = 0; time < times; time++) {
    const startMs = performance.now();
    await session.run(feeds);
    spentMs.push(performance.now() - startMs);
  }
  return spentMs;
}

const calls: FloorCalls = {
  async bandwidth({ product, rows, threads }) {
    const copy = copySpeed();
    const session = await open({ file: product, threads, flushesDenormals: false });
    const speeds: number[] = [];
    for (const count of rows) {
      const feeds = tensors(session, { dims: { rows: count }, fill: {} });
      const width = feeds.x?.dims[1] ?? 0;
      const spentMs = await timeRuns(session, feeds, repetitions);
      speeds.push(gigabytesPerSecond(4 * width * width, percentile(spentMs, 0.5)));
    }
    await session.release();
    return { copy, product: speeds };
  },

  async runs(request) {
    const session = await open(request);
    const spentMs: number[][] = [];
    for (const input of request.inputs) {
      spentMs.push(await timeRuns(session, tensors(session, input), request.times));
    }
    await session.release();
    return spentMs;
  },
};

await serveProcess<typeof calls>(() => ({ calls }));
