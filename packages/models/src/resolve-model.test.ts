import { copyFile, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { resolveModel } from "./resolve-model";

const archive = fileURLToPath(new URL("../../nemo-onnx/fixtures/eou-like.nemo", import.meta.url));

let scratch: string;
let environment: NodeJS.ProcessEnv;
const { signal } = new AbortController();

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "parley-models-"));
  environment = { PARLEY_CACHE: join(scratch, "cache") };
});

afterEach(async () => {
  await rm(scratch, { recursive: true });
});

describe("resolveModel", () => {
  it("resolves shipped models and folders", async () => {
    const shipped = await resolveModel("builtin", { signal, environment });
    expect(await readdir(shipped)).toContain("encoder.onnx");
    expect(await resolveModel(scratch, { signal, environment })).toBe(scratch);
  });

  it("converts a checkpoint once, at any path", async () => {
    let steps = 0;
    const onProgress = () => steps++;
    const first = await resolveModel(archive, { signal, environment, onProgress });
    expect(await readdir(first)).toContain("parley.json");
    const converting = steps;
    expect(converting).toBeGreaterThan(10);
    const copy = join(scratch, "elsewhere.nemo");
    await copyFile(archive, copy);
    expect(await resolveModel(copy, { signal, environment, onProgress })).toBe(first);
    expect(steps).toBe(converting);
  });

  it("converts in the precision that suits the device, where the name says none", async () => {
    const options = { signal, environment, precision: "fp16" } as const;
    expect(await resolveModel(archive, options)).toMatch(/-fp16$/u);
    expect(await resolveModel(archive, { signal, environment })).toMatch(/-fp32$/u);
  });

  it("allows concurrent conversions of the same checkpoint", async () => {
    const folders = await Promise.all(
      [1, 2, 3].map(() => resolveModel(archive, { signal, environment })),
    );
    expect(new Set(folders).size).toBe(1);
    expect(await readdir(join(scratch, "cache", "converted"))).toHaveLength(1);
  });

  it("leaves nothing behind after an interruption", async () => {
    const controller = new AbortController();
    const onProgress = () => {
      controller.abort(new Error("interrupted"));
    };
    const options = { signal: controller.signal, environment, onProgress };
    await expect(resolveModel(archive, options)).rejects.toThrow("interrupted");
    expect(await readdir(join(scratch, "cache", "converted"))).toEqual([]);
  });

  it.each([
    ["nowhere.nemo", "no such model", "not-found"],
    ["notes.txt", "neither a folder nor a .nemo file", "model-mismatch"],
    ["broken.nemo", "broken.nemo", "model-mismatch"],
  ])("says what is wrong with %s", async (name, message, code) => {
    await writeFile(join(scratch, "notes.txt"), "hello");
    await writeFile(join(scratch, "broken.nemo"), "no archive at all");
    const path = join(scratch, name);
    const outcome = resolveModel(path, { signal, environment });
    await expect(outcome).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message) as string,
    });
  });
});
