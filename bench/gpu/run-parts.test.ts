import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Models } from "./models/models";
import type { Part } from "./parts/part";
import { Report } from "./report/report";
import { runParts } from "./run-parts";

let folder: string;
let nowMs = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "parley-gpu-bench-"));
  nowMs = 0;
  vi.spyOn(console, "log").mockImplementation(() => undefined);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

function run(parts: readonly Part[], seconds: number): Promise<void> {
  const settings = { scale: "small", provider: "webgpu", cache: folder, fixtures: [] } as const;
  return runParts(parts, {
    report: new Report(folder, { commit: "abc" }),
    context: { settings, models: new Models(folder, "small", []) },
    limitMs: seconds * 1_000,
    now: () => nowMs,
  });
}

const states = async () => {
  const text = await readFile(join(folder, "gpu.json"), "utf8");
  const { parts } = JSON.parse(text) as { parts: { name: string; state: string }[] };
  return parts.map(({ name, state }) => `${name} ${state}`);
};

it("goes on after a part that fails, and leaves out what the time does not reach", async () => {
  await run(
    [
      { name: "broken", limitSeconds: 60, run: () => Promise.reject(new Error("no such card")) },
      {
        name: "long",
        limitSeconds: 60,
        run: ({ row }) => {
          row({ streams: 8, "p95 ms": 12.5 });
          nowMs += 55_000;
          return Promise.resolve();
        },
      },
      { name: "late", limitSeconds: 60, run: () => Promise.reject(new Error("never")) },
    ],
    60,
  );
  expect(await states()).toEqual(["broken failed", "long done", "late left out"]);
  const text = await readFile(join(folder, "gpu.txt"), "utf8");
  expect(text).toContain("- no such card");
  expect(text).toMatch(/streams +p95 ms\n-+ +-+\n8 +12\.5/u);
});

it("has written what was measured before a part is over", async () => {
  let during: string[] = [];
  const measuring: Part = {
    name: "measuring",
    limitSeconds: 60,
    run: async ({ row }) => {
      row({ streams: 1 });
      during = await states();
    },
  };
  await run([measuring], 60);
  expect(during).toEqual(["measuring running"]);
});
