import { describe, expect, it } from "vitest";
import { CacheArena, clearSlot } from "./cache-arena";

const shape = { layers: 2, leftContext: 3, width: 4, channelWidth: 8, convolutionContext: 2 };

describe("CacheArena", () => {
  it("makes slots of the model's sizes", () => {
    const slot = new CacheArena(shape, 2).acquire();
    expect([slot.lastChannel.length, slot.lastTime.length]).toEqual([48, 16]);
  });

  it("gives out a used slot as new, and makes no other for it", () => {
    const arena = new CacheArena(shape, 1);
    const slot = arena.acquire();
    slot.lastChannel.fill(1);
    slot.lastTime.fill(2);
    slot.lastChannelLength = 3;
    arena.release(slot);
    const again = arena.acquire();
    expect(again).toBe(slot);
    expect(again.lastChannelLength).toBe(0);
    expect(Math.max(...again.lastChannel, ...again.lastTime)).toBe(0);
  });

  it("copies a slot, which then goes its own way", () => {
    const arena = new CacheArena(shape, 2);
    const slot = arena.acquire();
    slot.lastChannel.fill(1);
    slot.lastTime.fill(2);
    slot.lastChannelLength = 3;
    const copy = arena.fork(slot);
    clearSlot(slot);
    expect(copy.lastChannelLength).toBe(3);
    expect(copy.lastChannel[47]).toBe(1);
    expect(copy.lastTime[15]).toBe(2);
  });

  it("refuses more slots than memory was granted for", () => {
    const arena = new CacheArena(shape, 1);
    const slot = arena.acquire();
    expect(() => arena.fork(slot)).toThrow(expect.objectContaining({ code: "at-capacity" }));
  });
});
