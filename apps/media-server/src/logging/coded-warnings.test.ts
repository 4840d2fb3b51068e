import { FakeClock } from "@parley/shared/testing/fake-clock";
import { expect, test } from "vitest";
import { silentLog } from "../contracts/log";
import { CodedWarnings } from "./coded-warnings";

test("repeated warnings become one with a count", async () => {
  const clock = new FakeClock();
  const logged: object[] = [];
  const log = { ...silentLog, warn: (fields: object) => logged.push(fields) };
  const warnings = new CodedWarnings(log, clock);
  for (let count = 0; count < 1_000; count++) warnings.warn("frame-malformed", "bad frame");
  warnings.warn("not-found", "other");
  await clock.advance(5_000);
  warnings.warn("frame-malformed", "bad frame");
  expect(logged).toEqual([
    { code: "frame-malformed", times: 1 },
    { code: "not-found", times: 1 },
    { code: "frame-malformed", times: 1_000 },
  ]);
});
