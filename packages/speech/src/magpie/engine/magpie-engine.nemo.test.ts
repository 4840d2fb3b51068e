import { join } from "node:path";
import type { MagpieInference } from "@parley/nemo-onnx/convert/magpie-manifest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readMagpieManifest } from "../decoding/magpie-model";
import type { StepNoise } from "../decoding/gumbel-noise";
import { codeCodec } from "../testing/code-codec";
import { convertVoice, type ConvertedVoice } from "../testing/converted-voices";
import {
  codeLists,
  hasRecords,
  readBundledGreedy,
  readRecords,
  readTensors,
  recordedInference,
  recordedLongInference,
  recordedModels,
  soundLongRecords,
  type GreedyRecord,
  type Recorded,
} from "../testing/magpie-records";
import { requestFor, speakIds } from "../testing/speak-ids";
import { MagpieEngine } from "./magpie-engine";

/** Opens the model with other inference parameters; its "sound" is the codes themselves. */
async function withEngine(
  { model }: ConvertedVoice,
  inference: Partial<MagpieInference>,
  use: (engine: MagpieEngine) => Promise<void>,
  noise: (() => StepNoise) | null = null,
): Promise<void> {
  const manifest = await readMagpieManifest(join(model, "parley.json"));
  const settings = { model, threads: 1, providers: [], maxStreams: 4, inference };
  const engine = await MagpieEngine.openWith(settings, codeCodec(manifest), noise);
  try {
    await use(engine);
  } finally {
    await engine.close();
  }
}

type GreedyCase = { record: GreedyRecord; inference: MagpieInference; frames: number };

/** Expects the recorded codes of as many frames; cases of the same parameters share an engine. */
async function expectGreedy(
  voice: ConvertedVoice,
  cases: readonly GreedyCase[],
  tensor: (name: string) => Recorded,
): Promise<void> {
  const groups = new Map<string, GreedyCase[]>();
  for (const one of cases) {
    const key = JSON.stringify(one.inference);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  for (const group of groups.values()) {
    await withEngine(voice, group[0]!.inference, async (engine) => {
      for (const { record, frames } of group) {
        const { tokens, voice, cached: hasCache } = record;
        const spoken = await speakIds(engine, requestFor(tokens, { voice, hasCache }));
        const codes = codeLists(tensor(`${record.name}.codes`), frames);
        expect(spoken.codes, record.name).toEqual(codes);
        expect(spoken.pieces.flatMap((piece) => [...piece])).toEqual(codes[0]);
        // `infer_batch` goes on for at least four steps; before a late prior nobody looks.
        const attended = record.attended.slice(0, spoken.attended.length);
        const isLooking = (_: unknown, step: number) => record.attended[step] !== null;
        expect(spoken.attended.filter(isLooking)).toEqual(attended.filter(isLooking));
      }
    });
  }
}

describe("MagpieEngine against NeMo on the bundled model", () => {
  it("makes the recorded greedy codes, cached and uncached", async () => {
    const voice = await convertVoice("bundled");
    try {
      const { records, tensor } = await readBundledGreedy();
      const cases = records.map((record) => {
        // Of its parallel heads codes were left out, so that they hear an end too early.
        const frames = 2 * Math.floor(record.length / 2);
        const more = { minGeneratedFrames: 1_000, maxDecoderSteps: frames };
        return { record, inference: recordedInference("s2", record, more), frames };
      });
      await expectGreedy(voice, cases, tensor);
    } finally {
      await voice.remove();
    }
  });
});

describe.skipIf(!hasRecords).each(recordedModels)("MagpieEngine against NeMo on %s", (model) => {
  let voice: ConvertedVoice;

  beforeAll(async () => {
    voice = await convertVoice(model);
  });

  afterAll(() => voice.remove());

  it("makes the recorded greedy codes, cached and uncached", async () => {
    const cases = readRecords(model, "greedy").map((record) => {
      const inference = recordedInference(model, record);
      return { record, inference, frames: record.length };
    });
    await expectGreedy(voice, cases, await readTensors(model, "greedy"));
  });

  it("speaks a long text as NeMo does", async () => {
    const tensor = await readTensors(model, "long");
    for (const record of soundLongRecords(model)) {
      await withEngine(voice, recordedLongInference(model, record), async (engine) => {
        const chunks = record.chunks.map(({ tokens }) => ({ ids: tokens }));
        const { voice } = record;
        const spoken = await speakIds(
          engine,
          requestFor([], { chunks, voice, hasCache: false, quality: "batch" }),
        );
        const expected = record.chunks.map(({ name, length }) =>
          codeLists(tensor(`${name}.codes`), length),
        );
        expect(spoken.codes).toEqual(
          spoken.codes.map((_, book) => expected.flatMap((chunk) => chunk[book] ?? [])),
        );
        expect(spoken.attended).toEqual(record.chunks.flatMap(({ attended }) => attended));
      });
    }
  });

  it("samples the recorded codes from the recorded noise", async () => {
    const tensor = await readTensors(model, "sampling");
    for (const record of readRecords(model, "sampling")) {
      const recorded = tensor(`${record.name}.gumbel`);
      const [steps = 0] = recorded.shape;
      const noise = () => {
        let step = 0;
        return (target: Float32Array) => {
          const size = recorded.values.length / steps;
          target.set(recorded.values.subarray(step * size, (step + 1) * size));
          step++;
        };
      };
      const frames = tensor(`${record.name}.codes`).shape[1] ?? 0;
      const more = { minGeneratedFrames: 1_000_000, maxDecoderSteps: frames };
      const use = async (engine: MagpieEngine) => {
        const { tokens, voice, temperature, cached: hasCache } = record;
        const request = { voice, temperature, hasCache, isGreedy: false };
        const spoken = await speakIds(engine, requestFor(tokens, request));
        expect(spoken.codes).toEqual(codeLists(tensor(`${record.name}.codes`), frames));
        expect(spoken.attended).toEqual(record.attended);
        expect(spoken.end).toBe("step-limit");
      };
      await withEngine(voice, recordedInference(model, record, more), use, noise);
    }
  });
});
