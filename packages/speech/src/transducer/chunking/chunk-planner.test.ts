import { describe, expect, it } from "vitest";
import { ChunkPlanner, type ChunkPlannerOptions, type MelChunk } from "./chunk-planner";
import { silentLogMel } from "../features/log-mel";

const options = (rightContext: number, hasExactFirstChunk = true): ChunkPlannerOptions => ({
  mels: 2,
  rightContext,
  hasExactFirstChunk,
});

/** Two mels: the frame's number, counted from 1, and its negative. */
function numberedFrames(count: number, from = 1): Float32Array {
  return Float32Array.from({ length: 2 * count }, (_, index) => {
    const number = from + (index >> 1);
    return index % 2 === 0 ? number : -number;
  });
}

/** Numbers of the chunk's frames; 0 where filled with zeros, "-" where silent. */
function numbers({ signal, frames }: MelChunk): (number | "-")[] {
  return [...signal.subarray(0, frames)].map((value) => (value === silentLogMel ? "-" : value));
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const zeros = (count: number) => Array.from({ length: count }, () => 0);
const noFrames = new Float32Array(0);

describe("ChunkPlanner", () => {
  it.each([1, 6, 13])("cuts as NeMo's streaming config says for a right context of %i", (right) => {
    const planner = new ChunkPlanner(options(right));
    const first = 1 + 8 * right;
    const later = 8 * (right + 1);
    const chunks = planner.push(numberedFrames(first + 2 * later));
    expect(chunks.map(numbers)).toEqual([
      range(1, 1 + first),
      range(1 + first - 9, 1 + first + later),
      range(1 + first + later - 9, 1 + first + 2 * later),
    ]);
    expect(chunks.map((chunk) => chunk.dropExtra)).toEqual([0, 2, 2]);
    expect(chunks.map((chunk) => chunk.validFrames)).toEqual(chunks.map((chunk) => chunk.frames));
  });

  it("repeats zeros where no frames exist, for a right context of 0", () => {
    const chunks = new ChunkPlanner(options(0)).push(numberedFrames(17));
    expect(chunks.map(numbers)).toEqual([[1], [...zeros(8), ...range(1, 10)], range(1, 18)]);
  });

  it.each([0, 1, 6])(
    "puts sixteen zero frames before the sound for graphs that drop frames of every chunk, R = %i",
    (right) => {
      const frames = numberedFrames(1 + 8 * right + 16 * (right + 1));
      const exact = new ChunkPlanner(options(right)).push(frames);
      const padded = new ChunkPlanner(options(right, false)).push(frames);
      expect(padded.map((chunk) => chunk.dropExtra)).toEqual([2, 2, 2]);
      expect(numbers(padded[0]!)).toEqual([...zeros(16), ...numbers(exact[0]!)]);
      // Later chunks are cut at the same places.
      expect(padded.slice(1)).toEqual(exact.slice(1));
    },
  );

  it("lays a chunk out mel by mel", () => {
    const [chunk] = new ChunkPlanner(options(1)).push(numberedFrames(9));
    expect(chunk?.signal).toEqual(
      Float32Array.from([...range(1, 10), ...range(1, 10).map((number) => -number)]),
    );
  });

  it.each([true, false])("does not depend on how the frames came (exact first: %s)", (isExact) => {
    const whole = new ChunkPlanner(options(1, isExact)).push(numberedFrames(100));
    const planner = new ChunkPlanner(options(1, isExact));
    const oneByOne = range(1, 101).flatMap((from) => planner.push(numberedFrames(1, from)));
    expect(oneByOne).toEqual(whole);
  });

  it.each([0, 5, 9, 40])("is not changed by a run-out after %i frames", (count) => {
    const whole = new ChunkPlanner(options(1)).push(numberedFrames(90));
    const planner = new ChunkPlanner(options(1));
    const chunks = planner.push(numberedFrames(count));
    planner.runOut(numberedFrames(20, count + 1), "silence");
    chunks.push(...planner.push(numberedFrames(90 - count, count + 1)));
    expect(chunks).toEqual(whole);
  });
});

describe("ChunkPlanner's run-out", () => {
  it("fills a chunk up and appends two silent ones, without changing the planner", () => {
    const planner = new ChunkPlanner(options(1));
    planner.push(numberedFrames(12));
    const silence = Array.from({ length: 16 }, () => "-");
    const chunks = planner.runOut(numberedFrames(3, 13), "silence");
    expect(chunks).toHaveLength(3);
    expect(numbers(chunks[0]!)).toEqual([...range(1, 16), ...silence.slice(0, 10)]);
    expect(numbers(chunks[2]!)).toEqual(Array.from({ length: 25 }, () => "-"));
    expect(planner.runOut(numberedFrames(3, 13), "silence")).toEqual(chunks);
    expect(planner.push(numberedFrames(13, 13)).map(numbers)).toEqual([range(1, 26)]);
  });

  it("appends only silent chunks after a complete chunk", () => {
    const planner = new ChunkPlanner(options(1));
    const [whole, ...silent] = planner.runOut(numberedFrames(9), "silence");
    expect(numbers(whole!)).toEqual(range(1, 10));
    expect(silent.map((chunk) => numbers(chunk).indexOf("-"))).toEqual([9, 0]);
  });

  it("fills up an incomplete first chunk", () => {
    const chunks = new ChunkPlanner(options(1)).runOut(numberedFrames(3), "silence");
    expect(chunks.map((chunk) => chunk.frames)).toEqual([9, 25, 25]);
    expect(numbers(chunks[0]!)).toEqual([1, 2, 3, "-", "-", "-", "-", "-", "-"]);
  });

  it.each(["silence", "exact", "nemo", "everything"] as const)(
    "makes no chunks in mode %s without sound",
    (mode) => {
      for (const isExact of [true, false]) {
        expect(new ChunkPlanner(options(1, isExact)).runOut(noFrames, mode)).toEqual([]);
        expect(new ChunkPlanner(options(0, isExact)).runOut(noFrames, mode)).toEqual([]);
      }
    },
  );

  it.each([
    // Frames in all, and the frames of each chunk: the first of nine, later ones of sixteen.
    ["exact", 1, [1]],
    ["exact", 9, [9]],
    ["exact", 16, [9]],
    ["exact", 17, [9, 17]],
    ["exact", 25, [9, 25]],
    ["nemo", 1, [2]],
    ["nemo", 9, [9]],
    ["nemo", 16, [9, 17]],
    ["nemo", 24, [9, 25]],
    ["everything", 1, [1]],
    ["everything", 9, [9]],
    ["everything", 10, [9, 10]],
    ["everything", 16, [9, 16]],
    ["everything", 25, [9, 25]],
  ] as const)("runs out in mode %s with %i frames as %j", (mode, count, expected) => {
    for (const before of [0, 1, count]) {
      const planner = new ChunkPlanner(options(1));
      const chunks = planner.push(numberedFrames(before));
      chunks.push(...planner.runOut(numberedFrames(count - before, before + 1), mode));
      expect(chunks.map((chunk) => chunk.frames)).toEqual(expected);
    }
  });

  it("appends NeMo's masked column as a frame that counts", () => {
    const planner = new ChunkPlanner(options(1));
    const [chunk] = planner.runOut(numberedFrames(3), "nemo");
    expect(numbers(chunk!)).toEqual([1, 2, 3, 0]);
    expect(chunk).toMatchObject({ validFrames: 4, dropExtra: 0 });
  });

  it("keeps the zero frames before a short first chunk", () => {
    const [chunk] = new ChunkPlanner(options(1, false)).runOut(numberedFrames(3), "exact");
    expect(numbers(chunk!)).toEqual([...zeros(16), 1, 2, 3]);
    expect(chunk?.dropExtra).toBe(2);
  });
});
