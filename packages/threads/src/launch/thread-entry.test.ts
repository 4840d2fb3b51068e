import { describe, expect, it } from "vitest";
import { threadEntry } from "./thread-entry";

describe("threadEntry", () => {
  it("finds a built thread beside the bundle, wherever its source was", () => {
    const entry = threadEntry("file:///app/dist/main.js", "../tts/flite.thread.ts");
    expect(entry.href).toBe("file:///app/dist/flite.thread.js");
  });

  it("loads the source when run from source", () => {
    const entry = threadEntry(import.meta.url, "./fixtures/echo.thread.ts");
    expect(entry.protocol).toBe("data:");
    expect(decodeURIComponent(entry.href)).toContain("/launch/fixtures/echo.thread.ts");
  });
});
