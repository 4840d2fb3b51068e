import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { openCheckpoint } from "../checkpoint/open-checkpoint";
import type { Precision } from "../quantization/precision";
import { convertMagpie } from "./convert-magpie";
import { largestDifference } from "../onnx/testing/graph-session";
import { MagpieRun } from "./testing/magpie-run";
import { ReferenceTensors } from "./testing/reference-tensors";
import { decodeAll } from "./testing/teacher-forcing";

const folder = fileURLToPath(new URL("../../fixtures/magpie/voice/", import.meta.url));
const teacherCase = z.object({ ids: z.array(z.int()), voice: z.int(), steps: z.int() });

/** Largest error of the hidden states, which are of order 1, over nine teacher-forced steps. */
async function hiddenError(precision: Precision): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), "parley-precision-"));
  try {
    const checkpoint = await openCheckpoint(join(folder, "model.nemo"));
    const target = join(directory, "converted");
    const manifest = await convertMagpie({ checkpoint, directory: target, precision });
    await checkpoint.close();
    expect(manifest.precision).toBe(precision);
    const run = await MagpieRun.open(target, manifest);
    const facts: unknown = JSON.parse(await readFile(join(folder, "teacher.json"), "utf8"));
    const { ids, voice, steps } = teacherCase.parse(facts);
    const reference = await ReferenceTensors.read(join(folder, "teacher.safetensors"));
    const priors = Array.from({ length: steps }, () => null);
    const codes = reference.of("codes");
    const results = await decodeAll(run, { ids, voice, codes, priors, isCached: true });
    const errors = results.map(({ hidden }, step) =>
      largestDifference(hidden, reference.at("cached_plain.hidden", step)),
    );
    return Math.max(...errors);
  } finally {
    await rm(directory, { recursive: true });
  }
}

describe("convertMagpie in another precision", () => {
  it.each([
    ["fp16", 2e-2],
    ["int8", 0.3],
    ["int8-dynamic", 0.4],
    ["int4", 3],
  ] as const)("%s stays near NeMo", async (precision, bound) => {
    const error = await hiddenError(precision);
    expect(error).toBeGreaterThan(0);
    expect(error).toBeLessThan(bound);
  });
});
