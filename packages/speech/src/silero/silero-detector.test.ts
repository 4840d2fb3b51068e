import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadAudio, whiteNoise } from "../testing/audio-fixtures";
import { SileroDetector } from "./silero-detector";
import { SileroModel, startState, windowSamples } from "./silero-model";

const audioFolder = new URL("../transducer/fixtures/audio/", import.meta.url);
const speech = loadAudio(new URL("flite_slt.wav", audioFolder));

let detector: SileroDetector;

beforeAll(async () => {
  detector = await SileroDetector.open({ threads: 1 });
});

afterAll(async () => {
  await detector.close();
});

function windowsOf(samples: Int16Array): Int16Array[] {
  return Array.from({ length: Math.floor(samples.length / windowSamples) }, (_, index) =>
    samples.subarray(index * windowSamples, (index + 1) * windowSamples),
  );
}

async function probabilities(samples: Int16Array): Promise<number[]> {
  const stream = detector.open();
  const found = await Promise.all(windowsOf(samples).map((window) => stream.step(window)));
  stream.close();
  return found;
}

const share = (values: number[], isIncluded: (value: number) => boolean) =>
  values.filter(isIncluded).length / values.length;

describe("SileroDetector", () => {
  it("detects speech and none in silence or noise", async () => {
    expect(share(await probabilities(speech), (value) => value > 0.5)).toBeGreaterThan(0.8);
    expect(Math.max(...(await probabilities(new Int16Array(16_000))))).toBeLessThan(0.1);
    for (const level of [30, 300, 2_000]) {
      const noise = await probabilities(whiteNoise(32_000, level));
      expect(share(noise, (value) => value > 0.5)).toBeLessThan(0.05);
    }
  });

  it("detects the pause between two sentences", async () => {
    // Three seconds of digital silence somewhere in eight.
    const found = await probabilities(loadAudio(new URL("gap_gb.wav", audioFolder)));
    const quiet = found.filter((value) => value < 0.1).length * (windowSamples / 16_000);
    expect(quiet).toBeGreaterThan(2.5);
    expect(share(found, (value) => value > 0.5)).toBeGreaterThan(0.4);
  });

  it("carries state and context from window to window, as the model does", async () => {
    const model = await SileroModel.load({ threads: 1 });
    let state = startState();
    const expected: number[] = [];
    for (const window of windowsOf(speech)) {
      const step = await model.step(window, state);
      ({ state } = step);
      expected.push(step.probability);
    }
    expect(await probabilities(speech)).toEqual(expected);
    expect(state.context).toHaveLength(64);
    expect(state.context.some((value) => value !== 0)).toBe(true);
  });

  it("keeps streams apart and clears their state on reset", async () => {
    const [first, second] = [detector.open(), detector.open()];
    const windows = windowsOf(speech).slice(0, 20);
    const alone = await probabilities(speech.subarray(0, 20 * windowSamples));
    const silence = new Int16Array(windowSamples);
    const both = windows.map(async (window) => [
      await first.step(window),
      await second.step(silence),
    ]);
    expect((await Promise.all(both)).map(([probability]) => probability)).toEqual(alone);
    first.reset();
    expect(await first.step(windows[0]!)).toBe(alone[0]);
  });

  it("drops the state of a running step when it is reset", async () => {
    const stream = detector.open();
    const window = speech.subarray(8_192, 8_192 + windowSamples);
    const fresh = await detector.open().step(window);
    const underWay = stream.step(window);
    stream.reset();
    await underWay;
    expect(await stream.step(window)).toBe(fresh);
  });

  it("rejects windows of another length and steps after closing", async () => {
    const stream = detector.open();
    await expect(stream.step(new Int16Array(160))).rejects.toThrow("160 samples");
    stream.close();
    stream.close();
    await expect(stream.step(new Int16Array(512))).rejects.toMatchObject({ code: "invalid-state" });
  });
});
