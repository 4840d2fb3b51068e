import { existsSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { loadAudio, randomPieces, whiteNoise } from "../../testing/audio-fixtures";
import { LogMel } from "../features/log-mel";
import { OfflineFeatures } from "../features/offline-features";
import type { BufferedWindow } from "../transducer-settings";
import { BufferedWindowPlanner, type EncoderWindow } from "./buffered-window-planner";
import { SlidingHistory } from "./sliding-history";

const fixtures = new URL("../fixtures/", import.meta.url);
/** The full set of references, where it lies beside the repository. */
const shared = new URL("../../../../../../shared/fixtures/asr/", import.meta.url);

const bufferedSchema = z.record(
  z.string(),
  z.object({
    streams: z.record(
      z.string(),
      z.object({
        chunks: z.array(
          z.object({
            window_samples: z.number(),
            left_frames: z.number(),
            chunk_frames: z.number(),
            right_frames: z.number(),
          }),
        ),
      }),
    ),
  }),
);

const normalized = new LogMel({
  mels: 80,
  normalization: "per-feature",
  filterbank: null,
  window: null,
});
const plain = new LogMel({ mels: 80, normalization: "none", filterbank: null, window: null });

const usual: BufferedWindow = { chunk: 2, left: 10, right: 2 };
const short: BufferedWindow = { chunk: 1, left: 5, right: 1 };

function windowsOf(
  window: BufferedWindow,
  pieces: readonly Int16Array[],
  logMel = normalized,
): EncoderWindow[] {
  const planner = new BufferedWindowPlanner({ logMel, window });
  return [...pieces.flatMap((piece) => planner.push(piece)), ...planner.runOut()];
}

/** Mel frames; encoder frames of left context, chunk and right context. */
function sizes({ frames, dropFrames, commitFrames, tentativeFrames }: EncoderWindow): number[] {
  return [frames, dropFrames, commitFrames, tentativeFrames];
}

/** Features of a window's samples by themselves. */
function alone(logMel: LogMel, samples: Int16Array): Float32Array {
  const features = new OfflineFeatures(logMel);
  features.push(samples);
  return features.finish().signal;
}

/** Fast comparison: `toEqual` takes a tenth of a second for a window. */
function areEqual(one: Float32Array, other: Float32Array): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}

function expectEqual(windows: readonly EncoderWindow[], expected: readonly EncoderWindow[]): void {
  expect(windows.map(sizes)).toEqual(expected.map(sizes));
  windows.forEach(({ signal }, index) => {
    expect(areEqual(signal, expected[index]!.signal)).toBe(true);
  });
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("BufferedWindowPlanner", () => {
  it.each([
    // As NeMo's script cuts them (nemo-toolkit 3.0.0).
    [
      "gap_gb",
      usual,
      [
        [400, 0, 25, 25],
        [600, 25, 25, 25],
        [794, 50, 49, 0],
      ],
    ],
    ["flite_slt", usual, [[309, 0, 38, 0]]],
    [
      "flite_slt",
      short,
      [
        [192, 0, 12, 12],
        [288, 12, 12, 12],
        [309, 24, 14, 0],
      ],
    ],
    [
      "silence2",
      short,
      [
        [192, 0, 12, 12],
        [200, 12, 13, 0],
      ],
    ],
    [
      "gap_gb",
      short,
      [
        [192, 0, 12, 12],
        [288, 12, 12, 12],
        [384, 24, 12, 12],
        [480, 36, 12, 12],
        [576, 48, 12, 12],
        [672, 60, 12, 12],
        [688, 62, 12, 12],
        [688, 70, 15, 0],
      ],
    ],
    ["tiny", short, [[33, 0, 4, 0]]],
  ] as const)("cuts %s as NeMo does, window %o", (name, window, expected) => {
    const audio = loadAudio(new URL(`audio/${name}.wav`, fixtures));
    const windows = windowsOf(window, [audio]);
    expect(windows.map(sizes)).toEqual(expected);
    expect(windows.map((each) => each.validFrames)).toEqual(windows.map((each) => each.frames));
  });

  it.skipIf(!existsSync(shared)).each(["parakeet-rnnt-like-tt", "parakeet-tdt-like"])(
    "cuts every recording as NeMo does for %s",
    (model) => {
      const json = readFileSync(new URL(`models/${model}/buffered.json`, shared), "utf8");
      const settings = bufferedSchema.parse(JSON.parse(json));
      for (const [key, { streams }] of Object.entries(settings)) {
        const [chunk = 0, left = 0, right = 0] = (key.match(/[\d.]+/g) ?? []).map(Number);
        for (const [name, { chunks }] of Object.entries(streams)) {
          const audio = loadAudio(new URL(`audio/${name}.wav`, shared));
          const windows = windowsOf({ chunk, left, right }, randomPieces(audio, 9_000, 1));
          const expected = chunks.map((each) => [
            Math.floor(each.window_samples / 160),
            each.left_frames,
            each.chunk_frames,
            each.right_frames,
          ]);
          expect(windows.map(sizes), `${key} ${name}`).toEqual(expected);
        }
      }
    },
  );

  it.each([normalized, plain])(
    "computes a window's features as from its samples alone ($normalization)",
    (logMel) => {
      const samples = loadAudio(new URL("audio/gap_gb.wav", fixtures));
      const windows = windowsOf(short, randomPieces(samples, 4_000, 1), logMel);
      // Ends of the windows, none longer than 110,080 samples; the last begins between two frames.
      const ends = [...Array.from({ length: 7 }, (_, i) => 30_720 + i * 15_360), samples.length];
      expect(windows).toHaveLength(ends.length);
      ends.forEach((end, index) => {
        const expected = alone(logMel, samples.subarray(Math.max(0, end - 110_080), end));
        expect(areEqual(windows[index]!.signal, expected)).toBe(true);
      });
    },
  );

  it.each([160, 199, 200, 201, 319, 1_279, 1_280, 1_281, 1_439, 1_440, 1_480])(
    "has the features of a last window with %i samples of its own",
    (samples) => {
      const window: BufferedWindow = { chunk: 0.16, left: 0.16, right: 0.08 };
      const noise = whiteNoise(2 * 3_840 + samples, 3_000);
      const start = noise.length - 6_400;
      expect(windowsOf(window, [noise]).at(-1)?.signal).toEqual(
        alone(normalized, noise.subarray(start)),
      );
    },
  );

  it("does not depend on how the sound was cut", () => {
    const audio = loadAudio(new URL("audio/flite_slt.wav", fixtures));
    const whole = windowsOf(short, [audio]);
    for (const longest of [20_000, 300]) {
      expectEqual(windowsOf(short, randomPieces(audio, longest, 1)), whole);
    }
  });

  it("holds a window back until the sound continues past it", () => {
    const planner = new BufferedWindowPlanner({ logMel: plain, window: short });
    expect(planner.push(new Int16Array(30_720))).toEqual([]);
    expect(planner.runOut().map(sizes)).toEqual([[192, 0, 24, 0]]);
    expect(planner.push(new Int16Array(1)).map(sizes)).toEqual([[192, 0, 12, 12]]);
    expect(planner.runOut().map(sizes)).toEqual([[192, 12, 12, 0]]);
  });

  it("runs out without changing anything", () => {
    const audio = loadAudio(new URL("audio/flite_slt.wav", fixtures));
    const planner = new BufferedWindowPlanner({ logMel: normalized, window: short });
    const windows = randomPieces(audio, 5_000, 3).flatMap((piece) => {
      planner.runOut();
      return planner.push(piece);
    });
    expectEqual([...windows, ...planner.runOut()], windowsOf(short, [audio]));
  });

  it("has nothing to run out before the first whole encoder frame", () => {
    const planner = new BufferedWindowPlanner({ logMel: normalized, window: usual });
    expect(planner.runOut()).toEqual([]);
    expect(planner.push(new Int16Array(1_279))).toEqual([]);
    expect(planner.runOut()).toEqual([]);
    planner.push(new Int16Array(1));
    expect(planner.runOut().map(sizes)).toEqual([[8, 0, 1, 0]]);
  });

  it("holds no more than a window of sound, however long the stream", () => {
    const planner = new BufferedWindowPlanner({
      logMel: plain,
      window: { chunk: 0.16, left: 0.64, right: 0.08 },
    });
    const forgetBefore = vi.spyOn(SlidingHistory.prototype, "forgetBefore");
    const samples = 200_100;
    planner.push(new Int16Array(samples));
    const longest = 11 * 1_280;
    const [samplesFrom = 0, framesFrom = 0] = forgetBefore.mock.calls.slice(-2).map(([at]) => at);
    expect(samples - samplesFrom).toBeLessThanOrEqual(longest + 1);
    expect(samples / 160 - framesFrom).toBeLessThanOrEqual(longest / 160 + 1);
  });

  it.each([
    { chunk: 0.07, left: 10, right: 2 },
    { chunk: 2, left: -1, right: 2 },
  ])("refuses the window %o", (window) => {
    expect(() => new BufferedWindowPlanner({ logMel: plain, window })).toThrow("a chunk has");
  });
});
