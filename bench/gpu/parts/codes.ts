import { join } from "node:path";
import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import type { ExecutionProvider } from "@parley/speech/runtime/execution-providers";
import { errorMessage } from "@parley/shared/errors";
import { processEntry } from "../../support/side-process";
import { make } from "../models/models";
import { isVoice } from "../pack/fixture-files";
import type { CodesCalls } from "../processes/codes-calls";
import { measuredPrecisions, withProcess, type Part, type PartContext } from "./part";

type Way = { provider: ExecutionProvider; precision: Precision };

/** Whether a small voice speaks the same codes on the card as on the processor, in both precisions. */
export const codesPart: Part = {
  name: "codes",
  limitSeconds: 30,
  async run(context) {
    const { settings, row, note, signal } = context;
    const checkpoint = settings.fixtures.find((file) => isVoice(file));
    if (checkpoint === undefined) {
      note("no voice among the fixtures");
      return;
    }
    const reference = await speak(context, checkpoint, { provider: "cpu", precision: "fp32" });
    for (const precision of measuredPrecisions) {
      for (const provider of new Set(["cpu", settings.provider] as const)) {
        try {
          const spoken = await speak(context, checkpoint, { provider, precision });
          row({ provider, precision, ...compareCodes(spoken, reference) });
        } catch (error) {
          signal.throwIfAborted();
          note(`${precision} on ${provider}: ${errorMessage(error).slice(0, 200)}`);
        }
      }
    }
  },
};

/** Of replies in which each code follows from all before it, so that one that differs is followed by others. */
export function compareCodes(spoken: readonly number[][], reference: readonly number[][]) {
  const firsts = reference.map((codes, reply) => {
    const first = codes.findIndex((code, at) => spoken[reply]?.[at] !== code);
    return first === -1 ? codes.length : first;
  });
  return {
    replies: reference.length,
    codes: reference.flat().length,
    "same from the beginning": firsts.reduce((sum, count) => sum + count, 0),
  };
}

async function speak(
  context: PartContext,
  file: string,
  { provider, precision }: Way,
): Promise<number[][]> {
  const { cache, scale } = context.settings;
  const directory = join(cache, "bench", "gpu", "codes", precision);
  const kind = "voice";
  await make(cache, (child) => child.call("checkpoint", { file, directory, precision, kind }));
  let codes: number[][] = [];
  const entry = processEntry(import.meta.url, "../processes/codes.process.ts");
  await withProcess<CodesCalls>(entry, context, async (child) => {
    // A device in software takes its time.
    const size = scale === "small" ? { replies: 1, frames: 8 } : { replies: 4, frames: 64 };
    const { signal } = context;
    const answer = await child.call("speak", { directory, provider, ...size }, { signal });
    if (answer.runsOn !== provider) {
      throw new Error(`it runs on ${answer.runsOn}: ${answer.remarks.join("; ")}`);
    }
    codes = answer.codes;
  });
  return codes;
}
