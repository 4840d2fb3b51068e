import { describe, expect, it } from "vitest";
import { startOptions } from "./start-options.mjs";

const nothing = { isDevelopment: false, isShared: false, only: null };

describe("what stands behind npm start", () => {
  it("is all parts without anything", () => {
    expect(startOptions([])).toEqual(nothing);
  });

  it("names one part, in either way of writing", () => {
    expect(startOptions(["--only", "inference"])).toEqual({ ...nothing, only: "inference" });
    expect(startOptions(["--only=media-server", "--share"])).toEqual({
      ...nothing,
      only: "media-server",
      isShared: true,
    });
  });

  it.each([
    [["--only"], "the part to start."],
    [["--only", "web"], "not by web"],
    [["--onyl", "inference"], "does not know --onyl"],
    [["--dev", "--share"], "cannot be shared"],
    [["--dev", "--only", "inference"], "runs all parts"],
    [["--share", "--only", "inference"], "no page"],
  ])("refuses %j", (parameters, reason) => {
    expect(() => startOptions(parameters)).toThrow(reason);
  });
});
