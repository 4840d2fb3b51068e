import { FakeClock } from "@parley/shared/testing/fake-clock";
import { expect, it } from "vitest";
import { OffenceCounter } from "./offence-counter";

it("tolerates a few offences, and forgets them with time", async () => {
  const clock = new FakeClock();
  const offences = new OffenceCounter({ clock, limit: 2, periodMs: 1_000 });
  expect([offences.isOneTooMany(), offences.isOneTooMany()]).toEqual([false, false]);
  expect(offences.isOneTooMany()).toBe(true);
  await clock.advance(1_000);
  expect(offences.isOneTooMany()).toBe(false);
});
