import { expect, it } from "vitest";
import { processorOf, residentOf } from "./process-usage";

it("reads memory and processor time as Linux tells them", () => {
  expect(residentOf("Name:\tnode\nVmHWM:\t  999999 kB\nVmRSS:\t  204800 kB\n")).toBe(200);
  const stat = "42 (odd (name) x) S 1 42 42 0 -1 4194304 100 0 0 0 150 50 0 0 20 0 11 0 5 0 0 0";
  expect(processorOf(stat)).toBe(2);
});
