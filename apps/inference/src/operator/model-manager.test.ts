import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "@parley/shared/errors";
import { modelsOverviewSchema, type ModelSummary } from "@parley/shared/protocol/models-api";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ModelEntry } from "@parley/models/registry/model-entry";
import { ModelManager, type ModelWork } from "./model-manager";
import type { TaskReport } from "./model-task";

const entry: ModelEntry = {
  name: "ears",
  title: "Ears 0.6B",
  kind: "recognizer",
  purpose: "hears",
  languages: ["en"],
  format: "nemo",
  repository: "nvidia/ears-0.6b",
  revision: "main",
  files: ["*.nemo"],
  aboutBytes: 2_000,
  licence: null,
  needs: [],
  remarks: [],
};
const builtin: ModelSummary = {
  name: "builtin",
  title: "Built-in",
  job: "hear",
  purpose: "a demonstration",
  licence: "Apache-2.0",
  downloadBytes: 0,
  diskBytes: 0,
  state: "ready",
  progress: null,
  problem: null,
  isActive: true,
  isUsable: true,
  isShipped: true,
};

let scratch: string;
let clock: FakeClock;
let report: TaskReport;
let end: (error?: Error) => void;
let aborted: string[];
let used: string[];
let active: string;
let manager: ModelManager;

/** Work whose progress and end the test controls. */
function held(name: string, given: TaskReport, signal: AbortSignal): Promise<void> {
  report = given;
  return new Promise((resolve, reject) => {
    end = (error) => {
      if (error === undefined) resolve();
      else reject(error);
    };
    signal.addEventListener("abort", () => {
      aborted.push(name);
      reject(signal.reason as Error);
    });
  });
}

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "parley-models-"));
  clock = new FakeClock();
  aborted = [];
  used = [];
  active = "builtin";
  const work: ModelWork = {
    pull: (wanted, given, signal) => held(wanted.name, given, signal),
    use: async (name, given, signal) => {
      used.push(name);
      await held(name, given, signal);
      active = name;
    },
  };
  manager = new ModelManager({
    entries: [entry],
    shipped: [builtin],
    activeRecognizer: () => active,
    work,
    environment: { HF_HOME: join(scratch, "hf"), PARLEY_CACHE: join(scratch, "cache") },
    clock,
    log: { error: () => undefined },
  });
});

afterEach(async () => {
  await manager.close();
  await rm(scratch, { recursive: true });
});

async function model(name: string): Promise<ModelSummary> {
  const overview = modelsOverviewSchema.parse(await manager.overview());
  return overview.models.find((candidate) => candidate.name === name)!;
}

describe("ModelManager", () => {
  it("lists the shipped models and those of the registry", async () => {
    expect(await model("builtin")).toMatchObject({ isActive: true, state: "ready" });
    expect(await model("ears")).toMatchObject({
      title: "Ears 0.6B",
      job: "hear",
      state: "absent",
      downloadBytes: 2_000,
      isUsable: false,
    });
  });

  it("reports the progress and speed of a download", async () => {
    await manager.act("ears", "pull");
    report.enter("pulling");
    report.progress(0, 2_000);
    await clock.advance(1_000);
    report.progress(500, 2_000);
    expect(await model("ears")).toMatchObject({
      state: "pulling",
      progress: { doneBytes: 500, totalBytes: 2_000, bytesPerSecond: 500 },
    });
    report.enter("converting");
    expect(await model("ears")).toMatchObject({ state: "converting", progress: null });
    end();
    await clock.advance(0);
    expect(await model("ears")).toMatchObject({ state: "absent", problem: null });
  });

  it("reports why a download failed, and retries on request", async () => {
    await manager.act("ears", "pull");
    end(new AppError("not-found", "the hub has no such model"));
    await clock.advance(0);
    expect(await model("ears")).toMatchObject({
      state: "failed",
      problem: "the hub has no such model",
    });
    await manager.act("ears", "pull");
    expect(await model("ears")).toMatchObject({ state: "pulling", problem: null });
  });

  it("hides the text of an unexpected error", async () => {
    await manager.act("ears", "pull");
    end(new TypeError("secret path"));
    await clock.advance(0);
    expect((await model("ears")).problem).not.toContain("secret");
  });

  it("stops a download", async () => {
    await manager.act("ears", "pull");
    await manager.act("ears", "cancel");
    expect(aborted).toEqual(["ears"]);
    expect(await model("ears")).toMatchObject({ state: "absent", problem: null });
  });

  it("ignores a repeated action", async () => {
    await manager.act("ears", "pull");
    const first = report;
    await manager.act("ears", "pull");
    expect(report).toBe(first);
  });

  it("refuses actions that the state does not allow", async () => {
    await expect(manager.act("nose", "pull")).rejects.toMatchObject({ code: "not-found" });
    await expect(manager.act("ears", "use")).rejects.toMatchObject({ code: "invalid-state" });
    await expect(manager.act("builtin", "remove")).rejects.toMatchObject({ code: "invalid-state" });
    active = "ears";
    await expect(manager.act("ears", "remove")).rejects.toThrow("choose another first");
  });

  it("activates a recogniser once it is loaded", async () => {
    active = "ears";
    await manager.act("builtin", "use");
    expect(used).toEqual(["builtin"]);
    expect(await model("builtin")).toMatchObject({ state: "loading", isActive: false });
    end();
    await clock.advance(0);
    expect(await model("builtin")).toMatchObject({ state: "ready", isActive: true });
  });

  it("cancels every task when it is closed", async () => {
    await manager.act("ears", "pull");
    await manager.close();
    expect(aborted).toEqual(["ears"]);
    await expect(manager.act("ears", "pull")).rejects.toMatchObject({ code: "invalid-state" });
  });
});
