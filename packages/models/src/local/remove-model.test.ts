import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { conversionDirectory } from "../conversions";
import { RepositoryCache } from "../hub/repository-cache";
import { InstantClock } from "../hub/testing/instant-clock";
import type { ModelEntry } from "../registry/model-entry";
import { findPulled } from "./find-pulled";
import { inspectLocalModel } from "./inspect-local-model";
import { planRemoval, removeModel } from "./remove-model";

const entry: ModelEntry = {
  name: "model",
  title: "Voice",
  kind: "synthesizer",
  purpose: "tests",
  languages: [],
  format: "nemo",
  repository: "maker/model",
  revision: "main",
  files: ["*.nemo", "voices.json"],
  aboutBytes: null,
  licence: null,
  needs: [],
  remarks: [],
};
const older: ModelEntry = { ...entry, name: "older", revision: "v1" };
const commits = { main: "a".repeat(40), v1: "b".repeat(40), loose: "c".repeat(40) };
const blobs = { model: "1".repeat(64), olderModel: "2".repeat(64), shared: "3".repeat(40) };

let scratch: string;
let hub: string;
let environment: NodeJS.ProcessEnv;
let cache: RepositoryCache;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "parley-remove-"));
  hub = join(scratch, "hub");
  environment = { HF_HUB_CACHE: hub, PARLEY_CACHE: join(scratch, "parley") };
  cache = new RepositoryCache(hub, entry.repository);
});

afterEach(async () => {
  await rm(scratch, { recursive: true });
});

async function show(commit: string, path: string, blob: string): Promise<void> {
  await mkdir(cache.blobs, { recursive: true });
  await writeFile(cache.blob(blob), "0123456789");
  const location = join(cache.snapshot(commit), path);
  await mkdir(dirname(location), { recursive: true });
  await symlink(join("..", "..", "blobs", blob), location);
}

async function refer(revision: string, commit: string): Promise<void> {
  await mkdir(dirname(cache.ref(revision)), { recursive: true });
  await writeFile(cache.ref(revision), commit);
}

/** Two branches that share a file. */
async function pullBoth(): Promise<void> {
  await show(commits.main, "model.nemo", blobs.model);
  await show(commits.main, "voices.json", blobs.shared);
  await show(commits.v1, "model.nemo", blobs.olderModel);
  await show(commits.v1, "voices.json", blobs.shared);
  await refer("main", commits.main);
  await refer("v1", commits.v1);
}

function remove(model: ModelEntry): Promise<void> {
  const { signal } = new AbortController();
  return removeModel(model, environment, { clock: new InstantClock(), signal });
}

describe("removeModel", () => {
  it("keeps files of another branch, and removes the repository with the last", async () => {
    await pullBoth();
    const conversion = conversionDirectory(join(scratch, "parley"), blobs.model, "fp32");
    await mkdir(conversion, { recursive: true });
    await writeFile(join(conversion, "encoder.onnx"), "12345");
    expect(await inspectLocalModel(entry, environment)).toMatchObject({
      presence: "here",
      bytes: 20,
      conversions: [{ precision: "fp32", bytes: 5, isStale: false }],
    });
    expect(await planRemoval(entry, environment)).toMatchObject({ bytes: 15 });
    await remove(entry);
    expect(await readdir(cache.snapshots)).toEqual([commits.v1]);
    expect((await readdir(cache.blobs)).sort()).toEqual([blobs.olderModel, blobs.shared]);
    expect(existsSync(cache.ref("main"))).toBe(false);
    expect(existsSync(conversion)).toBe(false);
    expect(await findPulled(entry, hub)).toBeNull();
    expect(await findPulled(older, hub)).toMatchObject({ commit: commits.v1 });
    await remove(older);
    expect(existsSync(cache.directory)).toBe(false);
  });

  it("removes unfinished downloads, and snapshots without a branch", async () => {
    await show(commits.loose, "model.nemo", blobs.model);
    await writeFile(cache.partial(blobs.olderModel), "half");
    expect(await inspectLocalModel(entry, environment)).toMatchObject({ presence: "absent" });
    await remove(entry);
    expect(existsSync(cache.directory)).toBe(false);
  });
});

describe("findPulled", () => {
  it("does not count a model without a file or a blob as complete", async () => {
    await pullBoth();
    await rm(cache.blob(blobs.model));
    expect(await findPulled(entry, hub)).toBeNull();
    await refer("v1", "not a commit");
    expect(await findPulled(older, hub)).toBeNull();
  });

  it("finds a model that is pinned to a commit", async () => {
    await pullBoth();
    const pinned = { ...entry, revision: commits.v1 };
    expect((await findPulled(pinned, hub))?.directory).toBe(cache.snapshot(commits.v1));
  });
});

it("reports a partial pull", async () => {
  await mkdir(cache.blobs, { recursive: true });
  await writeFile(cache.partial(blobs.model), "half");
  expect(await inspectLocalModel(entry, environment)).toMatchObject({
    presence: "partial",
    bytes: 4,
  });
});
