import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { openCheckpoint } from "@parley/nemo-onnx/checkpoint/open-checkpoint";
import { convertTransducer } from "@parley/nemo-onnx/convert/convert-transducer";
import { percentile } from "../support/percentiles";
import { serveProcess } from "@parley/threads/server/serve-process";
import type { ConversionCalls } from "./conversion-calls";

/** Mel frames of a chunk of 560 ms, those of the chunk before included. */
const chunkFrames = 65;
const runs = 5;

/** Peak memory of this process. */
function peakResidentBytes(): number {
  return process.resourceUsage().maxRSS * 1_024;
}

const calls: ConversionCalls = {
  async convert({ file, directory, precision }) {
    const startMs = performance.now();
    const startCpu = process.cpuUsage();
    const checkpoint = await openCheckpoint(file);
    await convertTransducer({ checkpoint, directory, precision });
    await checkpoint.close();
    const { user, system } = process.cpuUsage(startCpu);
    return {
      wallMs: performance.now() - startMs,
      cpuMs: (user + system) / 1_000,
      peakResidentBytes: peakResidentBytes(),
    };
  },

  async load({ directory }) {
    const startMs = performance.now();
    const session = await InferenceSession.create(join(directory, "encoder.onnx"), {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    });
    const loadMs = performance.now() - startMs;
    const feeds = oneChunk(session);
    await session.run(feeds);
    const spentMs: number[] = [];
    for (let run = 0; run < runs; run++) {
      const runStartMs = performance.now();
      await session.run(feeds);
      spentMs.push(performance.now() - runStartMs);
    }
    const chunkMs = percentile(spentMs, 0.5);
    await session.release();
    return { loadMs, chunkMs, peakResidentBytes: peakResidentBytes() };
  },
};

/** A later chunk of one stream, with caches as they are at first. */
function oneChunk(session: InferenceSession): Record<string, Tensor> {
  const integers: Record<string, bigint> = { length: BigInt(chunkFrames), drop_extra: 2n };
  return Object.fromEntries(
    session.inputMetadata.map((input) => {
      if (!input.isTensor) throw new TypeError(`${input.name} is no tensor`);
      const lengths: Record<string, number> = { batch: 1, time: chunkFrames };
      const dims = input.shape.map((dimension) =>
        typeof dimension === "number" ? dimension : (lengths[dimension] ?? 1),
      );
      const count = dims.reduce((product, length) => product * length, 1);
      const tensor =
        input.type === "int64"
          ? new Tensor("int64", new BigInt64Array(count).fill(integers[input.name] ?? 0n), dims)
          : new Tensor(
              "float32",
              Float32Array.from({ length: count }, (_, index) => Math.sin(index * index)),
              dims,
            );
      return [input.name, tensor];
    }),
  );
}

await serveProcess<typeof calls>(() => ({ calls }));
