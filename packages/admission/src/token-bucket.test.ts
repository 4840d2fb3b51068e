import { FakeClock } from "@parley/shared/testing/fake-clock";
import { expect, test } from "vitest";
import { TokenBucket } from "./token-bucket";

test("a burst passes, then the long-run rate", async () => {
  const clock = new FakeClock();
  const bucket = new TokenBucket(clock, { burst: 2, perSecond: 1 });
  expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, false]);
  await clock.advance(1_000);
  expect([bucket.take(), bucket.take()]).toEqual([true, false]);
});

test("what is charged afterwards is owed first", async () => {
  const clock = new FakeClock();
  const bucket = new TokenBucket(clock, { burst: 2, perSecond: 1 });
  bucket.charge(5);
  await clock.advance(3_000);
  expect(bucket.take()).toBe(false);
  await clock.advance(1_000);
  expect(bucket.take()).toBe(true);
});
