import { expect, test } from "vitest";
import { Gate } from "./gate";

const { signal } = new AbortController();

test("lets through while it is open, and holds back again once it is shut", async () => {
  const gate = new Gate();
  const passed: string[] = [];
  const first = gate.passed(signal).then(() => passed.push("first"));
  await Promise.resolve();
  expect(passed).toEqual([]);
  gate.open();
  await first;
  await gate.passed(signal);
  gate.shut();
  const second = gate.passed(signal).then(() => passed.push("second"));
  await Promise.resolve();
  expect(passed).toEqual(["first"]);
  gate.open();
  await second;
  expect(passed).toEqual(["first", "second"]);
});

test("who waits gives up with the signal's reason", async () => {
  const gate = new Gate();
  const controller = new AbortController();
  const waiting = gate.passed(controller.signal);
  controller.abort(new Error("nobody wants it"));
  await expect(waiting).rejects.toThrow("nobody wants it");
  await expect(gate.passed(controller.signal)).rejects.toThrow("nobody wants it");
});
