import { FakeClock } from "@parley/shared/testing/fake-clock";
import { beforeEach, describe, expect, it } from "vitest";
import { ServerSlots, type ServerSlot } from "./server-slots";

const { signal } = new AbortController();
let clock: FakeClock;
let slots: ServerSlots;
beforeEach(() => {
  clock = new FakeClock();
  slots = new ServerSlots(2, clock);
});

/** A request that the server answers in full. @returns its slot's number */
async function answered(conversation: string): Promise<number> {
  const slot = await slots.take(conversation, signal);
  slot.settle();
  slot.giveBack();
  return slot.id;
}

/** A request that is cut off. @returns its slot's number */
async function cutOff(conversation: string): Promise<number> {
  const slot = await slots.take(conversation, signal);
  slot.giveBack();
  return slot.id;
}

/** Somebody who asks and may have to wait. @returns slots as they are had */
function asking(...conversations: string[]): [conversation: string, slot: ServerSlot][] {
  const had: [string, ServerSlot][] = [];
  for (const conversation of conversations) {
    void slots.take(conversation, signal).then((slot) => had.push([conversation, slot]));
  }
  return had;
}

const numbers = (had: [string, ServerSlot][]) => had.map(([name, { id }]) => `${name} ${id}`);

describe("ServerSlots", () => {
  it("keeps a conversation on its slot while there are enough", async () => {
    const used = [];
    for (const name of ["a", "b", "a", "a", "b", "a"]) used.push(await answered(name));
    expect(used).toEqual([0, 1, 0, 0, 1, 0]);
  });

  it("gives a further conversation the slot that nobody has used for longest", async () => {
    for (const name of ["a", "b", "a"]) await answered(name);
    expect(await answered("c")).toBe(1);
    expect(await answered("a")).toBe(0);
  });

  it("lets a slot rest whose request was cut off: the next one takes the other", async () => {
    expect(await cutOff("a")).toBe(0);
    expect(await answered("a")).toBe(1);
    await clock.advance(2_000);
    // What it was answered in last holds most of it.
    expect(await answered("a")).toBe(1);
  });

  it("comes back to the slot of before, once it has rested", async () => {
    expect(await answered("b")).toBe(0);
    expect(await cutOff("a")).toBe(1);
    await clock.advance(2_000);
    expect(await answered("a")).toBe(1);
  });

  it("makes nobody wait longer than the rest, when all were cut off", async () => {
    await cutOff("a");
    await clock.advance(500);
    await cutOff("a");
    const had = asking("a");
    await clock.advance(1_499);
    expect(numbers(had)).toEqual([]);
    await clock.advance(1);
    expect(numbers(had)).toEqual(["a 0"]);
  });

  it("serves those who wait in their order, also before newcomers", async () => {
    const first = await slots.take("a", signal);
    await slots.take("b", signal);
    const had = asking("c", "d");
    first.settle();
    first.giveBack();
    const late = asking("a");
    await clock.advance(0);
    expect(numbers(had)).toEqual(["c 0"]);
    had[0]?.[1].settle();
    had[0]?.[1].giveBack();
    // Again, which gives back nothing: another has it.
    had[0]?.[1].giveBack();
    await clock.advance(0);
    expect(numbers(had)).toEqual(["c 0", "d 0"]);
    expect(numbers(late)).toEqual([]);
  });

  it("passes over who gives up", async () => {
    const first = await slots.take("a", signal);
    await slots.take("b", signal);
    const leaving = new AbortController();
    const left = slots.take("c", leaving.signal);
    const had = asking("d");
    leaving.abort(new Error("left"));
    await expect(left).rejects.toThrow("left");
    first.giveBack();
    await clock.advance(2_000);
    expect(numbers(had)).toEqual(["d 0"]);
    await expect(slots.take("e", AbortSignal.abort(new Error("no")))).rejects.toThrow("no");
  });

  it("uses only those that the server has", async () => {
    const second = await slots.take("a", signal).then(() => slots.take("b", signal));
    slots.limitTo(1);
    second.settle();
    second.giveBack();
    expect(slots.count).toBe(1);
    const had = asking("b");
    await clock.advance(10_000);
    expect(numbers(had)).toEqual([]);
  });
});
