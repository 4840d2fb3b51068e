import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "@parley/shared/errors";
import {
  modelsOverviewSchema,
  type ModelJob,
  type ModelSummary,
} from "@parley/shared/protocol/models-api";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HubInquiry } from "@parley/models/hub/hub-inquiry";
import { givenFolder } from "@parley/models/local/find-present";
import { variantName } from "@parley/models/model-variant";
import type { ModelEntry } from "@parley/models/registry/model-entry";
import { ModelManager, type ModelManagerOptions, type ModelWork } from "./model-manager";
import type { TaskReport } from "./model-task";
import {
  brain,
  builtin,
  codec,
  entry,
  flite,
  pauses,
  script,
  turns,
  voice,
} from "./testing/sample-models";

let scratch: string;
let clock: FakeClock;
let report: TaskReport;
let end: (error?: Error) => void;
let aborted: string[];
let used: string[];
let pulled: string[];
let environment: NodeJS.ProcessEnv;
let active: Record<ModelJob, string>;
let slowness: string | null;
let inquiry: { state: HubInquiry["state"]; asked: number };
let manager: ModelManager;

/** Tells what the registry tells. */
function scriptedInquiry(): ModelManagerOptions["inquiry"] {
  return {
    get state() {
      return inquiry.state;
    },
    known: (entries) =>
      Promise.resolve(
        new Map(entries.map((one) => [one.name, { bytes: one.aboutBytes, licence: one.licence }])),
      ),
    ask: () => {
      inquiry.asked++;
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

/** Puts the model's file where it counts as downloaded. */
async function give(model: ModelEntry, file: string): Promise<void> {
  const folder = givenFolder(model, environment);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, file), "1234");
}

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
  pulled = [];
  active = { hear: "builtin", speak: "flite", think: "script", "take-turns": "words-and-pauses" };
  slowness = null;
  inquiry = { state: "idle", asked: 0 };
  const work: ModelWork = {
    pull: (wanted, precision, given, signal) => {
      pulled.push(variantName({ name: wanted.name, precision }));
      return held(wanted.name, given, signal);
    },
    use: async ({ job, ...variant }, given, signal) => {
      used.push(variantName(variant));
      await held(variant.name, given, signal);
      active = { ...active, [job]: variantName(variant) };
    },
  };
  environment = { HF_HOME: join(scratch, "hf"), PARLEY_CACHE: join(scratch, "cache") };
  manager = new ModelManager({
    entries: [entry, voice, codec, brain, turns],
    shipped: [builtin, flite, script, pauses],
    active: () => active,
    voices: () => ["slt", "rms"],
    languages: () => ["en", "pt_BR", "any language"],
    tools: [{ name: "time", title: "Time and date" }],
    pinned: [{ job: "hear", setting: "RECOGNIZER_MODEL" }],
    machine: { cores: 4, memoryBytes: 8e9, graphics: null },
    cardPrecision: null,
    slowness: () => slowness,
    devices: () => [],
    inquiry: scriptedInquiry(),
    work,
    environment,
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
    expect(await model("nemotron-streaming-en")).toMatchObject({
      title: "Ears 0.6B",
      job: "hear",
      state: "absent",
      downloadBytes: 2_000,
      licence: null,
      pageUrl: "https://huggingface.co/nvidia/ears-0.6b",
      usage: "live",
    });
    expect(inquiry.asked).toBeGreaterThan(0);
  });

  it("lists what can be used only: no codec", async () => {
    const { models } = await manager.overview();
    expect(models.map(({ name }) => name)).toEqual([
      "builtin",
      "flite",
      "script",
      "words-and-pauses",
      "nemotron-streaming-en",
      "voice",
      "brain",
      "turns",
    ]);
  });

  it("counts what a model needs into its download", async () => {
    expect(await model("voice")).toMatchObject({ job: "speak", downloadBytes: 2_300 });
  });

  it("tells the machine, the suggestion, and the setting that pins a job", async () => {
    inquiry.state = "unreachable";
    expect(await manager.overview()).toMatchObject({
      machine: { cores: 4, memoryBytes: 8e9, graphics: null, devices: [] },
      suggestions: [{ job: "hear", name: "nemotron-streaming-en", precision: "int8-dynamic" }],
      hub: { title: "Hugging Face", state: "unreachable" },
      pinned: [{ job: "hear", setting: "RECOGNIZER_MODEL" }],
    });
  });

  it("offers precisions, with what each takes", async () => {
    const { precisions } = await model("nemotron-streaming-en");
    expect(precisions.map(({ precision }) => precision)).toContain("int8");
    expect(precisions[0]).toMatchObject({ precision: "fp32", runBytes: 2_000, isPrepared: false });
    expect((await model("brain")).precisions).toEqual([]);
  });

  it("says what was measured of the voice in use", async () => {
    slowness = "slower than speech: 2.0 s for each second of sound";
    expect((await model("voice")).caution).toBeNull();
    active = { ...active, speak: "voice:int8" };
    const caution = "Slower than speech: 2.0 s for each second of sound.";
    expect((await model("voice")).caution).toBe(caution);
    active = { ...active, speak: "/voices/own" };
    expect((await model("/voices/own")).caution).toBe(caution);
    slowness = null;
    expect((await model("/voices/own")).caution).toBeNull();
  });

  it("names what a setting names and no list has", async () => {
    active = { ...active, hear: "/models/own.nemo" };
    expect(await model("/models/own.nemo")).toMatchObject({ title: "own.nemo", isActive: true });
  });

  it("switches to a downloaded turn detector, and back", async () => {
    expect(await model("words-and-pauses")).toMatchObject({ isActive: true, usage: "live" });
    await give(turns, "smart-turn.onnx");
    await manager.act("turns", "use");
    expect(await model("turns")).toMatchObject({ job: "take-turns", state: "loading" });
    end();
    await expect.poll(() => active["take-turns"]).toBe("turns");
    await manager.act("words-and-pauses", "use");
    end();
    await expect.poll(() => active["take-turns"]).toBe("words-and-pauses");
  });

  it("switches to a downloaded brain", async () => {
    expect(await model("brain")).toMatchObject({ usage: "live", state: "absent" });
    await expect(manager.act("brain", "use")).rejects.toMatchObject({ code: "invalid-state" });
    await give(brain, "brain-Q4.gguf");
    await manager.act("brain", "use");
    expect(await model("brain")).toMatchObject({ state: "loading" });
  });

  it("reports the progress and speed of a download", async () => {
    await manager.act("nemotron-streaming-en", "pull");
    report.enter("pulling");
    report.progress(0, 2_000);
    await clock.advance(1_000);
    report.progress(500, 2_000);
    expect(await model("nemotron-streaming-en")).toMatchObject({
      state: "pulling",
      progress: { doneBytes: 500, totalBytes: 2_000, bytesPerSecond: 500 },
    });
    report.enter("converting");
    expect(await model("nemotron-streaming-en")).toMatchObject({
      state: "converting",
      progress: null,
    });
    end();
    await clock.advance(0);
    expect(await model("nemotron-streaming-en")).toMatchObject({ state: "absent", problem: null });
  });

  it("says what hinders a download, until it goes on", async () => {
    await manager.act("nemotron-streaming-en", "pull");
    report.hindered("Hugging Face cannot be reached. Trying again (3 of 6)…");
    expect((await model("nemotron-streaming-en")).notice).toContain("3 of 6");
    report.progress(500, 2_000);
    expect((await model("nemotron-streaming-en")).notice).toBeNull();
  });

  it("downloads in a precision, and switches once it is ready", async () => {
    await manager.act("nemotron-streaming-en:int8", "adopt");
    expect(pulled).toEqual(["nemotron-streaming-en:int8"]);
    expect(used).toEqual([]);
    end();
    await clock.advance(0);
    expect(used).toEqual(["nemotron-streaming-en:int8"]);
    expect(await model("nemotron-streaming-en")).toMatchObject({
      state: "loading",
      isActive: false,
    });
    end();
    await clock.advance(0);
    expect(await model("nemotron-streaming-en")).toMatchObject({
      isActive: true,
      activePrecision: "int8",
    });
  });

  it("changes the precision of the model in use", async () => {
    await give(entry, "ears.nemo");
    active = { ...active, hear: "nemotron-streaming-en" };
    expect(await model("nemotron-streaming-en")).toMatchObject({
      isActive: true,
      activePrecision: "fp32",
    });
    await manager.act("nemotron-streaming-en:fp32", "use");
    await manager.act("nemotron-streaming-en:int4", "use");
    expect(used).toEqual(["nemotron-streaming-en:int4"]);
  });

  it("gives up loading once the model in use is wanted again, and not for another job", async () => {
    await give(voice, "voice.nemo");
    await manager.act("voice", "use");
    await manager.act("builtin", "use");
    expect(aborted).toEqual([]);
    await manager.act("flite", "use");
    expect(aborted).toEqual(["voice"]);
    await clock.advance(0);
    expect(active.speak).toBe("flite");
    expect(await model("voice")).toMatchObject({ state: "ready", problem: null });
  });

  it("switches the voice", async () => {
    await give(voice, "voice.nemo");
    await manager.act("voice", "use");
    end();
    await clock.advance(0);
    expect(active).toMatchObject({ hear: "builtin", speak: "voice", think: "script" });
    expect(await model("flite")).toMatchObject({ isActive: false, state: "ready" });
  });

  it("reports why a download failed, and retries on request", async () => {
    await manager.act("nemotron-streaming-en", "pull");
    end(new AppError("not-found", "the hub has no such model"));
    await clock.advance(0);
    expect(await model("nemotron-streaming-en")).toMatchObject({
      state: "failed",
      problem: "the hub has no such model",
    });
    await manager.act("nemotron-streaming-en", "pull");
    expect(await model("nemotron-streaming-en")).toMatchObject({ state: "pulling", problem: null });
  });

  it("hides the text of an unexpected error", async () => {
    await manager.act("nemotron-streaming-en", "pull");
    end(new TypeError("secret path"));
    await clock.advance(0);
    expect((await model("nemotron-streaming-en")).problem).not.toContain("secret");
  });

  it("stops a download", async () => {
    await manager.act("nemotron-streaming-en", "pull");
    await manager.act("nemotron-streaming-en", "cancel");
    expect(aborted).toEqual(["nemotron-streaming-en"]);
    expect(await model("nemotron-streaming-en")).toMatchObject({ state: "absent", problem: null });
  });

  it("ignores a repeated action", async () => {
    await manager.act("nemotron-streaming-en", "pull");
    const first = report;
    await manager.act("nemotron-streaming-en", "pull");
    expect(report).toBe(first);
  });

  it("refuses actions that the state does not allow", async () => {
    await expect(manager.act("nose", "pull")).rejects.toMatchObject({ code: "not-found" });
    await expect(manager.act("nemotron-streaming-en", "use")).rejects.toMatchObject({
      code: "invalid-state",
    });
    await expect(manager.act("builtin", "remove")).rejects.toMatchObject({ code: "invalid-state" });
    await expect(manager.act("nemotron-streaming-en:int3", "pull")).rejects.toMatchObject({
      code: "invalid-request",
    });
    await expect(manager.act("brain", "use")).rejects.toMatchObject({ code: "invalid-state" });
    active = { ...active, hear: "nemotron-streaming-en" };
    await expect(manager.act("nemotron-streaming-en", "remove")).rejects.toThrow(
      "choose another first",
    );
  });

  it("activates a recogniser once it is loaded", async () => {
    active = { ...active, hear: "nemotron-streaming-en" };
    await manager.act("builtin", "use");
    expect(used).toEqual(["builtin"]);
    expect(await model("builtin")).toMatchObject({ state: "loading", isActive: false });
    end();
    await clock.advance(0);
    expect(await model("builtin")).toMatchObject({ state: "ready", isActive: true });
  });

  describe("house", () => {
    it("says what hears, thinks and speaks, and the step that would help", async () => {
      expect(await manager.house()).toMatchObject({
        hears: { title: "the built-in ear", isDemonstration: true },
        speaks: { title: "Flite", isDemonstration: false },
        voices: ["slt", "rms"],
        languages: ["en", "pt-BR"],
        better: {
          job: "hear",
          name: "nemotron-streaming-en",
          state: "absent",
          downloadBytes: 2_000,
        },
      });
      expect(inquiry.asked).toBe(0);
    });

    it("follows the step", async () => {
      await manager.act("nemotron-streaming-en:int8", "adopt");
      expect((await manager.house()).better?.state).toBe("coming");
      await manager.act("nemotron-streaming-en", "cancel");
      await give(entry, "ears.nemo");
      expect((await manager.house()).better?.state).toBe("ready");
      active = { ...active, hear: "nemotron-streaming-en:int8" };
      expect(await manager.house()).toMatchObject({ hears: { title: "Ears 0.6B" }, better: null });
    });
  });

  it("cancels every task when it is closed", async () => {
    await manager.act("nemotron-streaming-en", "pull");
    await manager.close();
    expect(aborted).toEqual(["nemotron-streaming-en"]);
    await expect(manager.act("nemotron-streaming-en", "pull")).rejects.toMatchObject({
      code: "invalid-state",
    });
  });
});
