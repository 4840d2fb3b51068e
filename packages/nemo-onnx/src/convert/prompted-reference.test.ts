import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCheckpoint } from "../checkpoint/open-checkpoint";
import { openSafetensors } from "../safetensors/open-safetensors";
import { convertTransducer } from "./convert-transducer";
import { GraphSession, largestDifference, type Floats } from "../onnx/testing/graph-session";
import { joinEncoded, planSteps, streamThrough } from "./testing/streaming-run";

const fixtures = fileURLToPath(new URL("../../fixtures/prompted/", import.meta.url));
const places = { "en-US": 0, "de-DE": 3 };

/** A recorded tensor: `logmel`, or NeMo's encoder output for it, `<language>.<right context>`. */
async function reference(name: string): Promise<Floats> {
  const { tensors, close } = await openSafetensors(join(fixtures, "reference.safetensors"));
  try {
    const tensor = tensors.get(name);
    if (tensor === undefined) throw new Error(`there is no ${name}`);
    return { data: await tensor.read(), dims: tensor.shape };
  } finally {
    await close();
  }
}

describe("prompted models, against NeMo's own outputs", () => {
  let directory = "";
  let encoder: GraphSession;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "parley-prompted-"));
    const checkpoint = await openCheckpoint(join(fixtures, "model.nemo"));
    await convertTransducer({ checkpoint, directory, precision: "fp32" });
    await checkpoint.close();
    encoder = await GraphSession.open(directory, "encoder.onnx");
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it.each([3, 0, 6])("streams with right context %i", async (rightContext) => {
    const signal = await reference("logmel");
    const steps = planSteps(rightContext, signal.dims[1] ?? 0);
    for (const [language, place] of Object.entries(places)) {
      const results = await streamThrough(encoder, signal, steps, place);
      const expected = await reference(`${language}.${rightContext}`);
      expect(largestDifference(joinEncoded(results), expected)).toBeLessThan(1e-4);
    }
  });
});
