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

test("silence starts shortly after the last packet, in step with the wall clock", async () => {
  const { clock, filled, filler } = setUp();
  filler.restart();
  await clock.advance(160);
  expect(filled).toEqual([100, 120, 140, 160]);
});

test("no silence while packets arrive", async () => {
  const { clock, filled, filler } = setUp();
  for (let packet = 0; packet < 50; packet++) {
    filler.restart();
    await clock.advance(20);
  }
  expect(filled).toEqual([]);
});

test("silence stops after `untilMs` and starts again after the next packet", async () => {
  const { clock, filled, filler } = setUp();
  filler.restart();
  await clock.advance(60_000);
  expect(filled).toHaveLength(80);
  filler.restart();
  await clock.advance(100);
  expect(filled).toHaveLength(81);
});

test("nothing after close", async () => {
  const { clock, filled, filler } = setUp();
  filler.restart();
  filler.close();
  await clock.advance(1_000);
  expect(filled).toEqual([]);
});

test("a stalled thread reads waiting packets before it puts out silence", async () => {
  const fake = new FakeClock();
  let stalledMs = 0;
  const clock = {
    now: () => fake.now() + stalledMs,
    delay: fake.delay.bind(fake),
    schedule: fake.schedule.bind(fake),
  };
  let filled = 0;
  const filler = new SilenceFiller(clock, { afterMs: 100, untilMs: 1_600 }, () => {
    filled += 1;
  });
  filler.restart();
  await fake.advance(99);
  stalledMs = 150;
  await fake.advance(1);
  filler.restart();
  await fake.advance(50);
  expect(filled).toBe(0);

  await fake.advance(1_000);
  expect(filled).toBeGreaterThan(40);
});
