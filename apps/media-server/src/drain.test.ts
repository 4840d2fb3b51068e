import { FakeClock } from "@parley/shared/testing/fake-clock";
import { beforeEach, expect, test } from "vitest";
import { Drain } from "./drain";

let clock: FakeClock;
let calls: string[];
let rooms: { busy: number; drain: () => void };
const homes = { drain: () => void calls.push("homes") };

beforeEach(() => {
  clock = new FakeClock();
  calls = [];
  rooms = { busy: 1, drain: () => void calls.push("rooms") };
});

/** Whether it is over, read at any time. */
function begin(limitMs: number): { drain: Drain; isOver: () => boolean } {
  const drain = new Drain({ rooms, homes, limitMs, clock });
  let isOver = false;
  void drain.begin().then(() => (isOver = true));
  return { drain, isOver: () => isOver };
}

test("others are told before the rooms are, and the last room's end is waited for", async () => {
  const { drain, isOver } = begin(60_000);
  expect(drain.hasBegun).toBe(true);
  expect(calls).toEqual(["homes", "rooms"]);
  await clock.advance(30_000);
  expect(isOver()).toBe(false);
  rooms.busy = 0;
  await clock.advance(1_000);
  expect(isOver()).toBe(true);
});

test("rooms that go on are not waited for beyond the limit, nor at all without one", async () => {
  const { isOver } = begin(60_000);
  await clock.advance(60_200);
  expect(isOver()).toBe(true);
  const atOnce = begin(0);
  await clock.advance(0);
  expect(atOnce.isOver()).toBe(true);
});

test("nobody is waited for any longer once it is ended", async () => {
  const { drain, isOver } = begin(60_000);
  await clock.advance(1_000);
  drain.end();
  await clock.advance(0);
  expect(isOver()).toBe(true);
});
