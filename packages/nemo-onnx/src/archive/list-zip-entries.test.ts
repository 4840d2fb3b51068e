import { describe, expect, it } from "vitest";
import { readBytes, readWhole } from "./byte-source";
import { buildZip, type ZipEntrySpec, type ZipOptions } from "./testing/build-zip";
import { joinPieces, memorySource, sparseSource } from "./testing/sparse-source";
import { listZipEntries } from "./list-zip-entries";

const list = (entries: readonly ZipEntrySpec[], options?: ZipOptions) =>
  listZipEntries(sparseSource("a.ckpt", buildZip(entries, options)));

describe("listZipEntries", () => {
  it.each([{ isWide: false }, { isWide: true }])("finds stored entries, %o", async (options) => {
    const entries = await list(
      [
        { name: "m/data.pkl", content: "pickle" },
        { name: "m/data/0", content: "weights" },
        { name: "m/data/1", content: "" },
      ],
      options,
    );
    expect([...entries.keys()]).toEqual(["m/data.pkl", "m/data/0", "m/data/1"]);
    expect(Buffer.from(await readWhole(entries.get("m/data/0")!, 100)).toString()).toBe("weights");
    expect(entries.get("m/data/1")!.size).toBe(0);
  });

  it("finds entries that start beyond 4 GiB or are larger than that", async () => {
    const entries = await list([
      { name: "m/data/0", size: 2 ** 32 + 10 },
      { name: "m/data/1", content: "behind" },
    ]);
    expect(entries.get("m/data/0")!.size).toBe(2 ** 32 + 10);
    expect(await readBytes(entries.get("m/data/0")!, 2 ** 32, 3)).toEqual(Uint8Array.of(0, 0, 0));
    expect(Buffer.from(await readWhole(entries.get("m/data/1")!, 100)).toString()).toBe("behind");
  });

  it("ignores a comment at the end", async () => {
    const zip = Buffer.from(joinPieces(buildZip([{ name: "a", content: "b" }])));
    zip.writeUInt16LE(3, zip.length - 2);
    const commented = memorySource("a.ckpt", Buffer.concat([zip, Buffer.from("PK!")]));
    expect([...(await listZipEntries(commented)).keys()]).toEqual(["a"]);
  });

  const two = (directory: ZipEntrySpec["directory"] = {}): ZipEntrySpec[] => [
    { name: "first", content: "1111" },
    { name: "second", content: "2222", directory },
  ];
  it.each<[string, ZipEntrySpec[], ZipOptions, string, RegExp]>([
    ["compressed", two({ method: 8 }), {}, "refused", /second: compressed/],
    ["encrypted", two({ flags: 1 }), {}, "refused", /second: encrypted/],
    ["duplicate", [{ name: "x" }, { name: "x" }], {}, "refused", /x occurs twice/],
    ["overlap", two({ name: "first", headerOffset: 0 }), {}, "refused", /first overlaps/],
    ["another's header", two({ headerOffset: 40 }), {}, "malformed", /second is not where/],
    ["another name", two({ name: "other!" }), {}, "malformed", /other! is not where/],
    ["offset beyond the file", two({ headerOffset: 9999 }), {}, "malformed", /9999/],
    ["absurd offset", two({ headerOffset: Number.MAX_SAFE_INTEGER }), {}, "malformed", /beyond/],
    ["size beyond the directory", two({ size: 2 ** 40 }), {}, "malformed", /second reaches/],
    ["size into the directory", two({ size: 5 }), {}, "malformed", /second reaches/],
    ["fewer entries", two(), { end: { entries: 1 } }, "malformed", /more than 1/],
    ["more entries", two(), { end: { entries: 3 } }, "malformed", /entry 2/],
    ["too many entries", two(), { isWide: true, end: { entries: 1e12 } }, "refused", /zip entries/],
    [
      "directory elsewhere",
      two(),
      { end: { offset: 0 } },
      "malformed",
      /not a zip directory entry/,
    ],
    ["directory beyond", two(), { end: { offset: 900 } }, "malformed", /at 900/],
    [
      "wide and beyond",
      two(),
      { isWide: true, end: { offset: 2 ** 50 } },
      "malformed",
      /at 11258999/,
    ],
  ])("refuses: %s", async (_, entries, options, code, message) => {
    await expect(list(entries, options)).rejects.toMatchObject({
      name: "ModelError",
      code,
      message: expect.stringMatching(message) as unknown,
    });
    await expect(list(entries, options)).rejects.toThrow("a.ckpt");
  });

  it("refuses a file that is not a zip archive, and a truncated one", async () => {
    const zip = joinPieces(buildZip(two()));
    for (const bytes of [Uint8Array.of(), Buffer.from("PK"), zip.subarray(0, 100)]) {
      await expect(listZipEntries(memorySource("a.ckpt", bytes))).rejects.toMatchObject({
        code: "malformed",
        message: "a.ckpt is not a zip archive",
      });
    }
  });
});
