import { expect, it } from "vitest";
import { loadSpeex } from "./speex";

it("leaves the process's faults to the program", async () => {
  const listeners = () => [
    ...process.rawListeners("uncaughtException"),
    ...process.rawListeners("unhandledRejection"),
  ];
  const before = listeners();
  const speex = await loadSpeex();
  expect(speex.HEAP16.length).toBeGreaterThan(0);
  expect(listeners()).toEqual(before);
});
