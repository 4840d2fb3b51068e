import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InstantClock } from "../hub/testing/instant-clock";
import { findEntry } from "../registry/registry";
import { findPresent, givenFolder } from "./find-present";
import { inspectLocalModel } from "./inspect-local-model";
import { removeModel } from "./remove-model";

const entry = findEntry("parakeet-tdt-v3-onnx")!;

let scratch: string;
let environment: NodeJS.ProcessEnv;
let folder: string;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "parley-given-"));
  environment = { HF_HOME: join(scratch, "hf"), PARLEY_CACHE: join(scratch, "parley") };
  folder = givenFolder(entry, environment);
  await mkdir(folder, { recursive: true });
});

afterEach(async () => {
  await rm(scratch, { recursive: true });
});

describe("files that were put here by hand", () => {
  it("count as the model once all of them are there", async () => {
    const [last, ...others] = entry.files;
    for (const name of others) await writeFile(join(folder, name), "1234");
    expect(await findPresent(entry, environment)).toBeNull();
    await writeFile(join(folder, last!), "1234");
    const found = await findPresent(entry, environment);
    expect(found).toMatchObject({ commit: null, directory: folder });
    const state = await inspectLocalModel(entry, environment);
    expect(state).toMatchObject({ presence: "here", bytes: 4 * entry.files.length });
  });

  it("are removed with the model", async () => {
    for (const name of entry.files) await writeFile(join(folder, name), "1234");
    const { signal } = new AbortController();
    await removeModel(entry, environment, { clock: new InstantClock(), signal });
    expect(existsSync(folder)).toBe(false);
    expect(await findPresent(entry, environment)).toBeNull();
  });
});
