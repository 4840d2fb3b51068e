import { describe, expect, it } from "vitest";
import { CacheArena } from "./cache-arena";
import type { CacheSlot } from "./cache-slot";

const shape = {
  layers: 2,
  width: 4,
  convolutionContext: 2,
  channelRows: 2,
  leftContext: 3,
  channelWidth: 8,
};

/** Copy of a slot's contents. */
function contentsOf(slot: CacheSlot) {
  const lastChannel = new Float32Array(48);
  slot.copyChannel(lastChannel, 0);
  const { lastChannelLength } = slot;
  return { lastChannel, lastTime: slot.lastTime.slice(), lastChannelLength };
}

const unused = {
  lastChannel: new Float32Array(48),
  lastTime: new Float32Array(16),
  lastChannelLength: 0,
};

describe("CacheArena", () => {
  it("allocates slots of the model's sizes", () => {
    const arena = new CacheArena(shape, 2);
    expect(contentsOf(arena.acquire())).toEqual(unused);
    expect(arena.sizes).toEqual({ lastChannel: 48, lastTime: 16 });
  });

  it("reuses a released slot, cleared", () => {
    const arena = new CacheArena(shape, 1);
    const slot = arena.acquire();
    slot.append(new Float32Array(2 * 8).fill(1), 0, 1);
    slot.replaceTime(new Float32Array(16).fill(2), 3);
    arena.release(slot);
    const again = arena.acquire();
    expect(again).toBe(slot);
    expect(contentsOf(again)).toEqual(unused);
  });

  it("forks a slot into an independent copy", () => {
    const arena = new CacheArena(shape, 2);
    const slot = arena.acquire();
    slot.append(new Float32Array(2 * 8).fill(1), 0, 1);
    slot.replaceTime(new Float32Array(16).fill(2), 3);
    const held = contentsOf(slot);
    const copy = arena.fork(slot);
    slot.clear();
    expect(contentsOf(copy)).toEqual(held);
    expect(contentsOf(slot)).toEqual(unused);
  });

  it("refuses more slots than its limit", () => {
    const arena = new CacheArena(shape, 1);
    const slot = arena.acquire();
    expect(() => arena.fork(slot)).toThrow(expect.objectContaining({ code: "at-capacity" }));
  });
});
