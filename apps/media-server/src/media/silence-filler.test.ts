import { FakeClock } from "@parley/shared/testing/fake-clock";
import { expect, test } from "vitest";
import { SilenceFiller } from "./silence-filler";

function setUp() {
  const clock = new FakeClock();
  const filled: number[] = [];
  const startMs = clock.now();
  const settings = { afterMs: 100, untilMs: 1_600 };
  const filler = new SilenceFiller(clock, settings, () => {
    filled.push(clock.now() - startMs);
  });
  return { clock, filled, filler };
}

test("fills from a little after the last packet, in step with the wall clock", async () => {
  const { clock, filled, filler } = setUp();
  filler.restart();
  await clock.advance(160);
  expect(filled).toEqual([100, 120, 140, 160]);
});

test("keeps out of the way while packets come", async () => {
  const { clock, filled, filler } = setUp();
  for (let packet = 0; packet < 50; packet++) {
    filler.restart();
    await clock.advance(20);
  }
  expect(filled).toEqual([]);
});

test("stops when speech must have ended, and begins again with the next packet", async () => {
  const { clock, filled, filler } = setUp();
  filler.restart();
  await clock.advance(60_000);
  expect(filled).toHaveLength(80);
  filler.restart();
  await clock.advance(100);
  expect(filled).toHaveLength(81);
});

test("is silent after close", async () => {
  const { clock, filled, filler } = setUp();
  filler.restart();
  filler.close();
  await clock.advance(1_000);
  expect(filled).toEqual([]);
});
