import { expect, it } from "vitest";
import { childController, isAbort } from "./abort";

it("is aborted with its parent, for the same reason", () => {
  const parent = new AbortController();
  const child = childController(parent.signal);
  parent.abort("closing");
  expect(child.signal.aborted).toBe(true);
  expect(child.signal.reason).toBe("closing");
});

it("is aborted without its parent", () => {
  const parent = new AbortController();
  childController(parent.signal).abort();
  expect(parent.signal.aborted).toBe(false);
});

it("of an aborted parent starts aborted", () => {
  const parent = new AbortController();
  parent.abort();
  expect(childController(parent.signal).signal.aborted).toBe(true);
});

it("distinguishes an abort from a failure", () => {
  const controller = new AbortController();
  controller.abort();
  expect(isAbort(controller.signal.reason)).toBe(true);
  expect(isAbort(new Error("disk full"), controller.signal)).toBe(false);
  const reasoned = new AbortController();
  const reason = new Error("barge-in");
  reasoned.abort(reason);
  expect(isAbort(reason, reasoned.signal)).toBe(true);
});
