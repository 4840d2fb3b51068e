import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import type { ExecutionProvider } from "@parley/speech/runtime/execution-providers";
import { processEntry } from "../../support/side-process";
import type { EarCalls } from "../processes/ear-calls";
import { withProcess, type Part, type PartContext } from "./part";

const chunkMs = 320;
const maxBatch = 32;

/**
 * Where prediction network and joint run best: fused on the card, as in the product, or on the
 * processor with the encoder on the card. The model hears nothing, which costs one of their runs for
 * each chunk of a batch; each token that somebody says costs about one more.
 */
export function jointPart(precision: Precision, limitSeconds: number): Part {
  return {
    name: `predictor and joint ${precision}`,
    limitSeconds,
    async run(context) {
      const { provider } = context.settings;
      const directory = await context.models.ear(precision);
      for (const decoderProvider of new Set([provider, "cpu"] as const)) {
        await measure(context, directory, decoderProvider);
      }
    },
  };
}

async function measure(
  context: PartContext,
  directory: string,
  decoderProvider: ExecutionProvider,
): Promise<void> {
  const { settings, signal, row, note } = context;
  const { provider } = settings;
  const isSmall = settings.scale === "small";
  const file = processEntry(import.meta.url, "../processes/ear.process.ts");
  await withProcess<EarCalls>(file, context, async (child) => {
    const request = { directory, provider, decoderProvider, chunkMs, maxBatch };
    const { runsOn, remarks } = await child.call("load", request, { signal });
    if (runsOn !== provider) {
      note(`not measured: it runs on ${runsOn}: ${remarks.join("; ")}`);
      return;
    }
    for (const streams of isSmall ? [1, 2] : [1, 8, 32]) {
      // The first round opens the graphs that put this many streams together.
      await child.call("rush", { streams, chunks: 2 }, { signal });
      const chunks = isSmall ? 4 : 16;
      const answer = await child.call("rush", { streams, chunks }, { signal });
      const { wallMs, decoder } = answer;
      row({
        "predictor and joint on": decoderProvider,
        streams,
        "ms a step": inHundredths(wallMs / chunks),
        "runs a step": inHundredths(decoder.runs / chunks),
        "ms a run": inHundredths(decoder.ms / decoder.runs),
      });
    }
  });
}

function inHundredths(value: number): number {
  return Math.round(100 * value) / 100;
}
