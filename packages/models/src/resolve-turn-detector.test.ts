import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { resolveTurnDetector } from "./resolve-turn-detector";

const { signal } = new AbortController();
let scratch: string;
let environment: NodeJS.ProcessEnv;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "parley-turns-"));
  environment = { PARLEY_CACHE: scratch, HF_HUB_CACHE: join(scratch, "hub") };
});

afterEach(async () => {
  await rm(scratch, { recursive: true });
});

it("finds the model by its name, once it is here", async () => {
  await expect(resolveTurnDetector("smart-turn-v3", { environment, signal })).rejects.toThrow(
    "parley models pull smart-turn-v3",
  );
  const folder = join(scratch, "given/smart-turn-v3");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "smart-turn-v3.2-cpu.onnx"), "graph");
  const found = await resolveTurnDetector("smart-turn-v3", { environment, signal });
  expect(found).toBe(join(folder, "smart-turn-v3.2-cpu.onnx"));
  expect(await resolveTurnDetector(found, { environment, signal })).toBe(found);
});

it("takes the graph for processors of a folder", async () => {
  for (const name of ["v3.1-cpu.onnx", "v3.2-cpu.onnx", "v3.2-gpu.onnx"])
    await writeFile(join(scratch, name), "graph");
  const found = await resolveTurnDetector(scratch, { environment, signal });
  expect(found).toBe(join(scratch, "v3.2-cpu.onnx"));
});

it("says what is wrong with others", async () => {
  const outcomes = [
    [scratch, "model-mismatch"],
    [join(scratch, "none.onnx"), "not-found"],
    ["nano-codec", "model-mismatch"],
  ] as const;
  for (const [model, code] of outcomes) {
    const outcome = resolveTurnDetector(model, { environment, signal });
    await expect(outcome).rejects.toMatchObject({ code });
  }
});
