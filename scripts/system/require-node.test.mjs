import { expect, it } from "vitest";
import { isSupportedNode } from "./require-node.mjs";

it("accepts the Node versions that Parley runs on", () => {
  expect(["20.19.0", "20.20.2", "22.0.0", "24.3.1", "26.0.0"].filter(isSupportedNode)).toHaveLength(
    5,
  );
  expect(["20.18.3", "18.20.0", "16.4.0"].filter(isSupportedNode)).toEqual([]);
});
