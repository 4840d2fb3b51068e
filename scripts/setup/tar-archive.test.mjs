import { describe, expect, it } from "vitest";
import { makeTar } from "./testing/make-tar.mjs";
import { readFileFromTar } from "./tar-archive.mjs";

describe("reading a file from a tar archive", () => {
  const content = Buffer.from("x".repeat(700));

  it("finds it at the top and inside folders, after other files", () => {
    const archive = makeTar([
      { name: "readme", content: Buffer.from("hello") },
      { name: "out/worker", content },
    ]);
    expect(readFileFromTar(archive, "worker").equals(content)).toBe(true);
  });

  it("refuses a folder of that name, or an archive without it", () => {
    const archive = makeTar([{ name: "worker", content: Buffer.alloc(0), kind: "5" }]);
    expect(() => readFileFromTar(archive, "worker")).toThrow("holds no file worker");
  });

  it("notices damage", () => {
    const archive = makeTar([{ name: "worker", content }]);
    archive[3] = 0x21;
    expect(() => readFileFromTar(archive, "worker")).toThrow("checksum");
  });

  it("notices that the end is missing", () => {
    const archive = makeTar([{ name: "worker", content }]).subarray(0, 1024);
    expect(() => readFileFromTar(archive, "worker")).toThrow("middle of a file");
  });
});
