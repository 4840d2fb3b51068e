import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { standInGraph } from "@parley/speech/smart-turn/testing/stand-in-graph";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Environment } from "../environment";
import { SavedChoice } from "../operator/saved-choice";
import { chooseTurnDetector } from "./choose-turn-detector";

const { signal } = new AbortController();
let folder: string;
let saved: SavedChoice;
let warnings: string[];
const log = {
  info: () => undefined,
  warn: (_details: object, message: string) => {
    warnings.push(message);
  },
  error: () => undefined,
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "parley-turns-"));
  saved = new SavedChoice(folder, "turn-detector");
  warnings = [];
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const choose = (environment: Partial<Pick<Environment, "TURN_MODEL" | "TURNS">>) =>
  chooseTurnDetector(
    { TURN_MODEL: undefined, TURNS: "semantic", ...environment },
    { saved, log, signal },
  );

it("is melody without a choice, and the model that a setting names", async () => {
  const first = await choose({});
  expect([first.name, first.detector.name]).toEqual(["words-and-pauses", "prosody"]);
  const file = join(folder, "smart-turn.onnx");
  await writeFile(file, standInGraph());
  const named = await choose({ TURN_MODEL: file });
  expect([named.name, named.detector.name]).toEqual([file, "smart-turn-v3"]);
  await named.detector.close?.();
  // Nothing is loaded that nobody asks.
  expect((await choose({ TURN_MODEL: file, TURNS: "silence" })).detector.name).toBe("prosody");
});

it("does without a model that was chosen and is gone, not without one that a setting names", async () => {
  await saved.write(join(folder, "gone.onnx"));
  expect((await choose({})).name).toBe("words-and-pauses");
  expect(warnings).toEqual(["the chosen turn detector is not here"]);
  await expect(choose({ TURN_MODEL: join(folder, "gone.onnx") })).rejects.toThrow("no such file");
});
