import { expect, it } from "vitest";
import { missingBuildPackages } from "./worker-requirements.mjs";

it("asks only for what is missing", async () => {
  const hasAllBut =
    (/** @type {string[]} */ absent) =>
    async (/** @type {string} */ command, /** @type {string[]} */ parameters) =>
      !absent.includes(command) && !absent.includes(parameters[0] ?? "");
  expect(await missingBuildPackages(hasAllBut([]))).toEqual([]);
  expect(await missingBuildPackages(hasAllBut(["flatc", "libuv"]))).toEqual([
    "flatbuffers-compiler",
    "libuv1-dev",
  ]);
});
