import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openCheckpoint } from "../checkpoint/open-checkpoint";
import { convertMagpie } from "./convert-magpie";
import { largestDifference, transposed, type Floats } from "../onnx/testing/graph-session";
import type { ReplyStep } from "./testing/magpie-batch";
import { MagpieRun, type ReplyResult } from "./testing/magpie-run";
import { priorAfter } from "./testing/attention-prior";
import { codesOfStep, decodeAll, type Decoding } from "./testing/teacher-forcing";
import { ReferenceTensors } from "./testing/reference-tensors";

const recorded = fileURLToPath(new URL("../../fixtures/magpie/", import.meta.url));
const shared = fileURLToPath(new URL("../../../../../shared/fixtures/tts/", import.meta.url));
const models = [
  { name: "voice", folder: join(recorded, "voice") },
  { name: "s1", folder: join(shared, "s1") },
  { name: "s2", folder: join(shared, "s2") },
].filter(({ folder }) => existsSync(folder));

const encoderCases = z.array(z.object({ ids: z.array(z.int()) }));
const teacherCase = z.object({ ids: z.array(z.int()), voice: z.int(), steps: z.int() });
const decodingCases = z.array(
  z.object({
    name: z.string(),
    tokens: z.array(z.int()),
    voice: z.int(),
    cached: z.boolean(),
    steps: z.int(),
    attended: z.array(z.int().nullable()),
    attention_sink: z.int().nullable(),
  }),
);
const samplingSettings = z.array(z.object({ temperature: z.number() }));

/** The part of a tensor at one index of its first axis. */
function layerOf({ data, dims }: Floats, layer: number): Floats {
  const size = data.length / (dims[0] ?? 1);
  return { data: data.subarray(layer * size, (layer + 1) * size), dims: dims.slice(1) };
}

describe.each(models)("convertMagpie, $name against NeMo's own outputs", ({ folder }) => {
  let directory = "";
  let run: MagpieRun;
  const tensors = (name: string) => ReferenceTensors.read(join(folder, `${name}.safetensors`));
  const facts = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(join(folder, `${name}.json`), "utf8"));

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "parley-convert-"));
    const checkpoint = await openCheckpoint(join(folder, "model.nemo"));
    const target = join(directory, "converted");
    const manifest = await convertMagpie({ checkpoint, directory: target, precision: "fp32" });
    await checkpoint.close();
    run = await MagpieRun.open(target, manifest);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it("encodes texts singly and in a batch", async () => {
    const cases = encoderCases.parse(await facts("encoder"));
    const reference = await tensors("encoder");
    const together = await run.encode(cases.map(({ ids }) => ids));
    for (const [index, { ids }] of cases.entries()) {
      const alone = await run.encode([ids]);
      for (const memory of [...alone, ...together.slice(index, index + 1)]) {
        for (let layer = 0; layer < run.manifest.layers; layer++) {
          const keys = reference.of(`${index}.cross_k.${layer}`);
          const values = reference.of(`${index}.cross_v.${layer}`);
          expect(largestDifference(transposed(layerOf(memory.keys, layer)), keys)).toBeLessThan(
            2e-5,
          );
          expect(largestDifference(layerOf(memory.values, layer), values)).toBeLessThan(2e-5);
        }
      }
    }
  });

  describe.each(["cached", "uncached"] as const)("%s", (mode) => {
    it.each(["prior", "plain"])("decodes forced codes (%s)", async (kind) => {
      const { ids, voice, steps } = teacherCase.parse(await facts("teacher"));
      const reference = await tensors("teacher");
      const name = `${mode}_${kind}`;
      const priors = Array.from({ length: steps }, (_, step) =>
        kind === "prior" ? reference.at(`${name}.prior_in`, step).data : null,
      );
      const codes = reference.of("codes");
      const decoding: Decoding = { ids, voice, codes, priors, isCached: mode === "cached" };
      const results = await decodeAll(run, decoding);
      for (const [step, { hidden, alignment }] of results.entries()) {
        const expected = reference.at(`${name}.hidden`, step);
        expect(largestDifference(hidden, expected), `hidden ${step}`).toBeLessThan(2e-5);
        if (kind === "plain") continue;
        const attention = reference.at(`${name}.alignment`, step);
        expect(largestDifference(alignment, attention), `alignment ${step}`).toBeLessThan(1e-5);
      }
      if (kind === "plain") return;
      for (const [index, step] of reference.of("logits_steps").data.entries()) {
        const { data = new Float32Array() } = results[step]?.logits ?? {};
        for (const [half, part] of ["conditional", "unconditional"].entries()) {
          const expected = reference.at(`${name}.logits_${part}`, index);
          const found = data.subarray((half * data.length) / 2, ((half + 1) * data.length) / 2);
          expect(largestDifference({ data: found, dims: [] }, expected)).toBeLessThan(1e-4);
        }
      }
    });

    it("chooses the greedy codes", async () => {
      const cases = decodingCases.parse(await facts("greedy"));
      const reference = await tensors("greedy");
      const names = ["t0v", "t2v", "short"].map((name) => new RegExp(`^${name}.*\\.${mode}$`));
      for (const one of cases.filter(({ name }) => names.some((pattern) => pattern.test(name)))) {
        const codes = reference.of(`${one.name}.codes`);
        const priors = Array.from(
          { length: one.steps },
          (_, step) => reference.at(`${one.name}.prior_in`, step).data,
        );
        const decoding = { ids: one.tokens, voice: one.voice, codes, priors, isCached: one.cached };
        const results = await decodeAll(run, decoding);
        for (const [step, { hidden }] of results.entries()) {
          const isEndForbidden =
            step * run.manifest.frameStacking < run.manifest.inference.minGeneratedFrames;
          const options = { gumbel: null, temperature: 1, isEndForbidden, forced: null };
          const sampled = await run.sample([hidden], options);
          expect(sampled.codes, `${one.name} ${step}`).toEqual(codesOfStep(run, codes, step));
        }
      }
    });

    const hasNoise = existsSync(join(folder, "sampling.json"));
    it.skipIf(!hasNoise)("samples the recorded codes with the recorded noise", async () => {
      const found = await facts("sampling");
      const one = decodingCases.parse(found).find(({ name }) => name === mode)!;
      const [{ temperature } = { temperature: 0 }] = samplingSettings.parse(found);
      const reference = await tensors("sampling");
      const codes = reference.of(`${mode}.codes`);
      const priors = Array.from({ length: one.steps }, (_, step) =>
        priorAfter(
          run.manifest,
          one.attended.slice(0, step),
          one.tokens.length,
          one.attention_sink,
        ),
      );
      const decoding = { ids: one.tokens, voice: one.voice, codes, priors, isCached: one.cached };
      for (const [step, { hidden }] of (await decodeAll(run, decoding)).entries()) {
        const gumbel = reference.at(`${mode}.gumbel`, step).data;
        const sampled = await run.sample([hidden], {
          gumbel,
          temperature,
          isEndForbidden: true,
          forced: null,
        });
        expect(sampled.codes, `step ${step}`).toEqual(codesOfStep(run, codes, step));
      }
    });
  });

  it("runs the local transformer over forced codes of several replies", async () => {
    const reference = await tensors("teacher");
    const codes = reference.of("codes");
    const steps = [...reference.of("local.steps").data];
    const hiddens = steps.map((step) => reference.at("uncached_prior.hidden", step));
    const forced = steps.flatMap((step) => codesOfStep(run, codes, step));
    const options = { gumbel: null, temperature: 1, isEndForbidden: false, forced };
    const sampled = await run.sample(hiddens, options);
    expect(sampled.codes).toEqual(forced);
    expect(largestDifference(sampled.logits, reference.of("local.logits"))).toBeLessThan(1e-4);
  });

  it("decodes replies with different texts and pasts in a batch as it does singly", async () => {
    const { ids, voice } = teacherCase.parse(await facts("teacher"));
    const codes = (await tensors("teacher")).of("codes");
    const texts = [ids, ids.slice(5, 17), ids.slice(2, 30)];
    const memories = await run.encode(texts);
    const alone: ReplyResult[] = [];
    const together: ReplyStep[] = [];
    for (const [index, memory] of memories.entries()) {
      const steps = [2, 5, 1][index] ?? 0;
      const before = Array.from({ length: steps }, (_, step) => codesOfStep(run, codes, step));
      const context = run.voice(voice + index);
      const start = { memory, context, past: run.emptyPast, codes: before, prior: null };
      const [{ past } = { past: run.emptyPast }] = await run.decode([start]);
      const prior = Float32Array.from({ length: memory.length }, (_, at) => 1 / (1 + at));
      const next = [codesOfStep(run, codes, 7)];
      const step = { memory, context: null, past, codes: next, prior };
      together.push(step);
      alone.push(...(await run.decode([step])));
    }
    for (const [index, result] of (await run.decode(together)).entries()) {
      const single = alone[index] ?? result;
      expect(largestDifference(result.hidden, single.hidden)).toBeLessThan(1e-5);
      expect(largestDifference(result.logits, single.logits)).toBeLessThan(1e-4);
      expect(largestDifference(result.alignment, single.alignment)).toBeLessThan(1e-6);
      const keys = (reply: ReplyResult) => reply.past.layers.at(-1)?.keys[0] ?? new Float32Array();
      const last = { data: keys(single), dims: [] };
      expect(largestDifference({ data: keys(result), dims: [] }, last)).toBeLessThan(1e-5);
    }
  });
});
