import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { loadAudio, whiteNoise } from "../testing/audio-fixtures";
import { SmartTurnDetector } from "./smart-turn-detector";
import { SmartTurnFeatures } from "./smart-turn-features";
import { publishedModel } from "./testing/published-model";
import { standInGraph } from "./testing/stand-in-graph";

const { signal } = new AbortController();

describe("SmartTurnDetector", () => {
  let folder: string;
  let detector: SmartTurnDetector;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "parley-turn-"));
    await writeFile(join(folder, "model.onnx"), standInGraph());
    await writeFile(join(folder, "other.onnx"), standInGraph("samples"));
    detector = await SmartTurnDetector.open({ file: join(folder, "model.onnx"), threads: 1 });
  });

  afterAll(async () => {
    await detector.close();
    await rm(folder, { recursive: true });
  });

  it("answers what the graph makes of the features, for several speakers at once", async () => {
    const sounds = [whiteNoise(16_000, 1_000), whiteNoise(160_000, 300), new Int16Array(320)];
    const features = new SmartTurnFeatures();
    const expected = sounds.map((sound) => {
      const values = features.of(sound);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return 1 / (1 + Math.exp(-mean));
    });
    const answers = await Promise.all(sounds.map((sound) => detector.probability(sound, signal)));
    for (const [index, answer] of answers.entries())
      expect(answer).toBeCloseTo(expected[index]!, 5);
  });

  it("is asked nothing for who goes on speaking while it is busy", async () => {
    const speaker = new AbortController();
    const first = detector.probability(whiteNoise(16_000, 500), signal);
    const second = detector.probability(whiteNoise(16_000, 500), speaker.signal);
    speaker.abort(new Error("goes on"));
    await expect(second).rejects.toThrow("goes on");
    await expect(first).resolves.toBeGreaterThan(0);
  });

  it("refuses other models", async () => {
    for (const file of ["other.onnx", "missing.onnx"]) {
      const opening = SmartTurnDetector.open({ file: join(folder, file), threads: 1 });
      await expect(opening).rejects.toMatchObject({ code: "model-mismatch" });
    }
  });
});

describe.skipIf(publishedModel === undefined)(
  "Smart Turn v3.2 itself, where PARLEY_TEST_SMART_TURN names its file",
  () => {
    it("answers what its publisher computed", async () => {
      const fixtures = new URL("fixtures/", import.meta.url);
      const text = await readFile(new URL("probabilities.json", fixtures), "utf8");
      const expected = z.record(z.string(), z.number()).parse(JSON.parse(text));
      const detector = await SmartTurnDetector.open({ file: publishedModel ?? "", threads: 1 });
      for (const [name, probability] of Object.entries(expected)) {
        const sound = loadAudio(new URL(`${name}.wav`, fixtures));
        const answer = await detector.probability(sound, signal);
        expect(Math.abs(answer - probability)).toBeLessThan(1e-3);
      }
      await detector.close();
    });
  },
);
