import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import { percentile, percentiles, round } from "../../support/percentiles";
import { processEntry } from "../../support/side-process";
import type { SpeechCalls } from "../../tts/speech/speech-calls";
import { graphicsMemory } from "./graphics-memory";
import { withProcess, type Part } from "./part";

/** Magpie of July 2026: first sound, and how its steps grow with the voices that share them. */
export function voicePart(precision: Precision, limitSeconds: number): Part {
  return {
    name: `voice ${precision}`,
    limitSeconds,
    async run(context) {
      const { settings, models, signal, row, note } = context;
      const { model, codec } = await models.voice(precision);
      const file = processEntry(import.meta.url, "../../tts/speech/speech.process.ts");
      await withProcess<SpeechCalls>(file, context, async (child) => {
        const isSmall = settings.scale === "small";
        const counts = isSmall ? [1, 2] : [1, 2, 4, 8, 16, 32];
        const limits = { threads: isSmall ? 1 : 4, maxStreams: 64 };
        const sizes = { frames: isSmall ? 8 : 48, textTokens: isSmall ? 8 : 64 };
        // Of the July model, which makes two frames a step.
        const taken = sizes.frames / 2;
        const providers = [settings.provider];
        const request = { model, codec, ...limits, ...sizes, providers };
        const { runsOn, remarks, loadMs } = await child.call("load", request, { signal });
        note(`loaded after ${round(loadMs / 1_000)} s; ${remarks.join("; ")}`);
        if (runsOn !== settings.provider) {
          note(`not measured: it runs on ${runsOn}`);
          return;
        }
        const first = await child.call("firstAudio", { times: isSmall ? 1 : 8 }, { signal });
        const { p50, p95 } = percentiles(first);
        row({ voices: 1, "first sound p50 ms": p50, "first sound p95 ms": p95 });
        for (const withCodec of [false, true]) {
          for (const streams of counts) {
            if (isSmall && withCodec) continue;
            const spoken = await child.call("speak", { streams, withCodec }, { signal });
            const steps = spoken.stepMs.length;
            const stepMs = percentile(spoken.stepMs, 0.5);
            row({
              voices: streams,
              codec: withCodec ? "with" : "without",
              "first sound p95 ms": round(percentile(spoken.firstAudioMs, 0.95)),
              "step p50 ms": steps === 0 ? null : round(stepMs),
              "step p95 ms": steps === 0 ? null : round(percentile(spoken.stepMs, 0.95)),
              "steps a second": steps === 0 ? null : round(1_000 / stepMs),
              "real-time factor": Math.round(spoken.wallMs / spoken.seconds / 10) / 100,
              "kB up a step": round(spoken.bus.up / taken / 1_000),
              "kB down a step": round(spoken.bus.down / taken / 1_000),
              "MiB of card": await graphicsMemory(),
            });
          }
        }
      });
    },
  };
}
