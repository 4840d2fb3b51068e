import { describe, expect, it } from "vitest";
import { ChunkPlanner, type MelChunk } from "./chunk-planner";
import { silentLogMel } from "../features/log-mel";

/** Two mels: the frame's number from 1 on, and its negative. */
function numberedFrames(count: number, from = 1): Float32Array {
  return Float32Array.from({ length: 2 * count }, (_, index) => {
    const number = from + (index >> 1);
    return index % 2 === 0 ? number : -number;
  });
}

/** The chunk's frames by number; 0 where filled with zeros, "-" where silent. */
function numbers({ signal, frames }: MelChunk): (number | "-")[] {
  return [...signal.subarray(0, frames)].map((value) => (value === silentLogMel ? "-" : value));
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe("ChunkPlanner", () => {
  it.each([1, 6, 13])("cuts as NeMo's streaming config says for a right context of %i", (right) => {
    const planner = new ChunkPlanner(2, right);
    const first = 1 + 8 * right;
    const later = 8 * (right + 1);
    const chunks = planner.push(numberedFrames(first + 2 * later));
    expect(chunks.map(numbers)).toEqual([
      range(1, 1 + first),
      range(1 + first - 9, 1 + first + later),
      range(1 + first + later - 9, 1 + first + 2 * later),
    ]);
    expect(chunks.map((chunk) => chunk.dropExtra)).toEqual([0, 2, 2]);
  });

  it("fills the frames that never were with zeros for a right context of 0", () => {
    const chunks = new ChunkPlanner(2, 0).push(numberedFrames(17));
    expect(chunks.map(numbers)).toEqual([
      [1],
      [0, 0, 0, 0, 0, 0, 0, 0, ...range(1, 10)],
      range(1, 18),
    ]);
  });

  it("lays a chunk out mel by mel", () => {
    const [chunk] = new ChunkPlanner(2, 1).push(numberedFrames(9));
    expect(chunk?.signal).toEqual(
      Float32Array.from([...range(1, 10), ...range(1, 10).map((number) => -number)]),
    );
  });

  it("does not depend on how the frames came", () => {
    const whole = new ChunkPlanner(2, 1).push(numberedFrames(100));
    const planner = new ChunkPlanner(2, 1);
    const oneByOne = range(1, 101).flatMap((from) => planner.push(numberedFrames(1, from)));
    expect(oneByOne).toEqual(whole);
  });

  it("runs out over a filled-up chunk and R + 1 silent ones, and stays as it was", () => {
    const planner = new ChunkPlanner(2, 1);
    planner.push(numberedFrames(12));
    const silence = Array.from({ length: 16 }, () => "-");
    const expected = [
      [...range(1, 16), ...silence.slice(0, 10)],
      [...range(17 - 10, 16), ...silence].slice(0, 25),
    ];
    const chunks = planner.runOut(numberedFrames(3, 13));
    expect(chunks).toHaveLength(3);
    expect(numbers(chunks[0]!)).toEqual(expected[0]);
    expect(numbers(chunks[2]!)).toEqual(Array.from({ length: 25 }, () => "-"));
    expect(planner.runOut(numberedFrames(3, 13))).toEqual(chunks);
    expect(planner.push(numberedFrames(13, 13)).map(numbers)).toEqual([range(1, 26)]);
  });

  it("has nothing to run out when nothing came", () => {
    expect(new ChunkPlanner(2, 1).runOut(new Float32Array(0))).toEqual([]);
    expect(new ChunkPlanner(2, 0).runOut(new Float32Array(0))).toEqual([]);
  });

  it("fills up a first chunk that never became whole", () => {
    const chunks = new ChunkPlanner(2, 1).runOut(numberedFrames(3));
    expect(chunks.map((chunk) => chunk.frames)).toEqual([9, 25, 25]);
    expect(numbers(chunks[0]!)).toEqual([1, 2, 3, "-", "-", "-", "-", "-", "-"]);
  });
});
