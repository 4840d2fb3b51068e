import { FakeClock } from "@parley/shared/testing/fake-clock";
import { beforeEach, expect, it } from "vitest";
import { PendingEnd } from "./pending-end";

let clock: FakeClock;
let isOnsetPossible: boolean;
let over: number;
let end: PendingEnd;

beforeEach(() => {
  clock = new FakeClock();
  isOnsetPossible = false;
  over = 0;
  end = new PendingEnd({
    clock,
    isOnsetPossible: () => isOnsetPossible,
    onOver: () => {
      over += 1;
    },
  });
});

it("comes once its time is over", async () => {
  end.schedule(250);
  await clock.advance(249);
  expect(over).toBe(0);
  await clock.advance(1);
  expect(over).toBe(1);
  await clock.advance(1_000);
  expect(over).toBe(1);
});

it("is put off while the last sound may be the onset of more", async () => {
  end.schedule(250);
  isOnsetPossible = true;
  await clock.advance(300);
  expect(over).toBe(0);
  isOnsetPossible = false;
  await clock.advance(60);
  expect(over).toBe(1);
});

it("takes the place of an earlier one, and never comes when it was cancelled", async () => {
  end.schedule(250);
  end.schedule(800);
  await clock.advance(500);
  expect(over).toBe(0);
  end.cancel();
  end.cancel();
  await clock.advance(1_000);
  expect(over).toBe(0);
});
