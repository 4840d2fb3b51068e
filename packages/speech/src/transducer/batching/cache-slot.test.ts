import { describe, expect, it } from "vitest";
import { CacheSlot } from "./cache-slot";

const shape = {
  layers: 2,
  width: 1,
  convolutionContext: 1,
  channelRows: 2,
  leftContext: 3,
  channelWidth: 1,
};

/** [channelRows, frames, 1] of these frames; the second row's values are a hundred higher. */
function frames(...numbers: readonly number[]): Float32Array {
  return Float32Array.from([...numbers, ...numbers.map((number) => number + 100)]);
}

function channelOf(slot: CacheSlot): Float32Array {
  const channel = new Float32Array(6);
  slot.copyChannel(channel, 0);
  return channel;
}

describe("CacheSlot", () => {
  it("keeps the last frames, however many are appended at a time", () => {
    const slot = new CacheSlot(shape);
    slot.append(frames(1, 2, 3), 0, 3);
    const heard = [1, 2, 3];
    for (let step = 0; step < 60; step++) {
      const added = Array.from({ length: 1 + (step % 5) }, (_, index) => 10 * step + index);
      heard.push(...added);
      slot.append(frames(...added), 0, added.length);
      expect(channelOf(slot)).toEqual(frames(...heard.slice(-3)));
    }
  });

  it("reads frames from, and copies its cache to, any place in an array", () => {
    const slot = new CacheSlot(shape);
    slot.append(Float32Array.of(9, 9, ...frames(1, 2, 3)), 2, 3);
    const target = new Float32Array(8);
    slot.copyChannel(target, 1);
    expect([...target]).toEqual([0, 1, 2, 3, 101, 102, 103, 0]);
  });

  it("copies another slot and is then independent of it", () => {
    const slot = new CacheSlot(shape);
    slot.append(frames(1, 2), 0, 2);
    slot.replaceTime(Float32Array.of(5, 6), 2);
    const other = new CacheSlot(shape);
    other.append(frames(7), 0, 1);
    other.copyFrom(slot);
    expect([...other.lastTime]).toEqual([5, 6]);
    expect(other.lastChannelLength).toBe(2);
    other.append(frames(3), 0, 1);
    expect(channelOf(other)).toEqual(frames(1, 2, 3));
    expect(channelOf(slot)).toEqual(Float32Array.of(0, 1, 2, 0, 101, 102));
  });
});
