import { basename, join } from "node:path";
import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import type { ExecutionProvider } from "@parley/speech/runtime/execution-providers";
import { loadAudio } from "@parley/speech/testing/audio-fixtures";
import { errorMessage } from "@parley/shared/errors";
import { editDistance } from "@parley/speech/transcripts/edit-distance";
import { processEntry } from "../../support/side-process";
import { make } from "../models/models";
import { isVoice } from "../pack/fixture-files";
import type { EarCalls } from "../processes/ear-calls";
import { measuredPrecisions, withProcess, type Part, type PartContext } from "./part";

type Way = { provider: ExecutionProvider; precision: Precision };

/** Whether small trained-like models hear the same on the card as on the processor, in both precisions. */
export const tokensPart: Part = {
  name: "tokens",
  limitSeconds: 45,
  async run(context) {
    const { settings, row, note } = context;
    const ofKind = (ending: string) => settings.fixtures.filter((file) => file.endsWith(ending));
    const all = ofKind(".wav").map((file) => loadAudio(file));
    // A few seconds tell whether it works; a device in software takes its time.
    const sounds =
      settings.scale === "small" ? all.slice(0, 1).map((one) => one.subarray(0, 32_000)) : all;
    for (const checkpoint of ofKind(".nemo").filter((file) => !isVoice(file))) {
      const model = basename(checkpoint, ".nemo");
      const reference = await hear(context, checkpoint, sounds, {
        provider: "cpu",
        precision: "fp32",
      });
      for (const precision of measuredPrecisions) {
        for (const provider of new Set(["cpu", settings.provider] as const)) {
          try {
            const heard = await hear(context, checkpoint, sounds, { provider, precision });
            const wrong = heard.map((ids, index) => editDistance(reference[index] ?? [], ids));
            row({
              model,
              provider,
              precision,
              sounds: sounds.length,
              tokens: reference.flat().length,
              "other tokens": wrong.reduce((sum, count) => sum + count, 0),
            });
          } catch (error) {
            context.signal.throwIfAborted();
            note(`${model}, ${precision} on ${provider}: ${errorMessage(error).slice(0, 200)}`);
          }
        }
      }
    }
  },
};

async function hear(
  context: PartContext,
  checkpoint: string,
  sounds: readonly Int16Array[],
  { provider, precision }: Way,
): Promise<number[][]> {
  const { cache } = context.settings;
  const name = `${basename(checkpoint, ".nemo")}-${precision}`;
  const directory = join(cache, "bench", "gpu", "tokens", name);
  await make(cache, (child) =>
    child.call("checkpoint", { file: checkpoint, directory, precision, kind: "ear" }),
  );
  let heard: number[][] = [];
  const file = processEntry(import.meta.url, "../processes/ear.process.ts");
  await withProcess<EarCalls>(file, context, async (child) => {
    const { signal } = context;
    const request = { directory, provider, chunkMs: null, maxBatch: 1 };
    const { runsOn, remarks } = await child.call("load", request, { signal });
    if (runsOn !== provider) throw new Error(`it runs on ${runsOn}: ${remarks.join("; ")}`);
    heard = await child.call("hear", { sounds }, { signal });
  });
  return heard;
}
