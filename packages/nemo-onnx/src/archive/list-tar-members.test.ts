import { describe, expect, it } from "vitest";
import { readWhole } from "./byte-source";
import { listTarMembers } from "./list-tar-members";
import { buildTar, paxRecord, type TarMemberSpec } from "./testing/build-tar";
import { memorySource, sparseSource } from "./testing/sparse-source";

const list = (members: readonly TarMemberSpec[]) =>
  listTarMembers(memorySource("a.nemo", buildTar(members)));

const base256 = (...tail: number[]) =>
  Buffer.from([...Array<number>(12 - tail.length).fill(0), ...tail]);

describe("listTarMembers", () => {
  it("finds members by normalised names, however their headers spell them", async () => {
    const members = await list([
      { path: "./", type: "5" },
      { path: "./model_config.yaml", content: "a: 1" },
      { path: "folder/x.txt", content: "x".repeat(600) },
      { path: "pax", type: "x", content: paxRecord("mtime", "1.5") + paxRecord("path", "./long") },
      { path: "cut", content: "pax" },
      { path: "././@LongLink", type: "L", content: "gnu/long\0" },
      { path: "cut", content: "gnu" },
    ]);
    const read = async (name: string) =>
      Buffer.from(await readWhole(members.get(name)!, 999)).toString();
    expect([...members.keys()]).toEqual(["model_config.yaml", "folder/x.txt", "long", "gnu/long"]);
    expect(await read("model_config.yaml")).toBe("a: 1");
    expect(await read("folder/x.txt")).toBe("x".repeat(600));
    expect(await read("long")).toBe("pax");
    expect(await read("gnu/long")).toBe("gnu");
  });

  it("reads sizes beyond 8 GiB, in base 256 and in pax records, without reading the members", async () => {
    const size = 2 ** 33 + 512;
    const wide = base256(2, 0, 0, 2, 0);
    wide[0] = 0x80;
    const first = buildTar([{ path: "first", sizeField: wide }]).subarray(0, 512);
    const second = buildTar([
      { path: "pax", type: "x", content: paxRecord("size", String(size)) },
      { path: "second", sizeField: "00000000000" },
    ]).subarray(0, 3 * 512);
    const members = await listTarMembers(
      sparseSource("a.nemo", {
        size: 2 * size + 6 * 512,
        pieces: [
          { position: 0, bytes: first },
          { position: 512 + size, bytes: second },
        ],
      }),
    );
    expect([...members].map(([name, member]) => [name, member.size])).toEqual([
      ["first", size],
      ["second", size],
    ]);
  });

  it.each<[string, TarMemberSpec[], string, RegExp]>([
    ["..", [{ path: "../x" }], "refused", /"\.\.\/x"/],
    [".. within", [{ path: "a/../../x" }], "refused", /path/],
    ["absolute path", [{ path: "/etc/passwd" }], "refused", /"\/etc\/passwd"/],
    ["drive", [{ path: "C:x" }], "refused", /"C:x"/],
    ["backslash", [{ path: "..\\x" }], "refused", /path/],
    [
      "pax path",
      [{ path: "p", type: "x", content: paxRecord("path", "../x") }, { path: "x" }],
      "refused",
      /"\.\.\/x"/,
    ],
    ["long name", [{ path: "p", type: "L", content: "/x" }, { path: "x" }], "refused", /"\/x"/],
    ["symlink", [{ path: "x", type: "2" }], "refused", /x is not a regular file \(tar type 2\)/],
    ["hard link", [{ path: "x", type: "1" }], "refused", /type 1/],
    ["device", [{ path: "x", type: "3" }], "refused", /type 3/],
    ["sparse", [{ path: "x", type: "S" }], "refused", /type S/],
    [
      "pax sparse",
      [{ path: "p", type: "x", content: paxRecord("GNU.sparse.major", "1") }],
      "refused",
      /sparse/,
    ],
    [
      "global size",
      [{ path: "p", type: "g", content: paxRecord("size", "1") }],
      "refused",
      /global pax header/,
    ],
    ["duplicate", [{ path: "./x" }, { path: "x" }], "refused", /duplicate .*x/],
    ["nameless", [{ path: "./" }], "refused", /nameless/],
    [
      "beyond the end",
      [{ path: "x", sizeField: "00000100000" }],
      "malformed",
      /x: 32768 bytes at 512/,
    ],
    [
      "negative",
      [{ path: "x", sizeField: Buffer.alloc(12, 0xff) }],
      "refused",
      /impossible number/,
    ],
    ["absurd", [{ path: "x", sizeField: Buffer.alloc(12, 0x80) }], "refused", /impossible number/],
    [
      "pax negative",
      [{ path: "p", type: "x", content: paxRecord("size", "-1") }],
      "refused",
      /"-1"/,
    ],
    ["broken pax", [{ path: "p", type: "x", content: "99 path=x\n" }], "malformed", /pax record/],
    ["not octal", [{ path: "x", sizeField: "0000000001z" }], "malformed", /"0000000001z"/],
    ["wrong checksum", [{ path: "x", checksum: 1 }], "malformed", /checksum/],
  ])("refuses: %s", async (_, members, code, message) => {
    await expect(list(members)).rejects.toMatchObject({
      name: "ModelError",
      code,
      message: expect.stringMatching(message) as unknown,
    });
    await expect(list(members)).rejects.toThrow("a.nemo");
  });

  it("refuses a file that is not a tar archive, and one with too many members", async () => {
    const text = memorySource("a.nemo", Buffer.from("{}".repeat(600)));
    await expect(listTarMembers(text)).rejects.toMatchObject({ code: "malformed" });
    await expect(listTarMembers(memorySource("a.nemo", Buffer.from("x")))).rejects.toMatchObject({
      code: "malformed",
    });
    const folders = Array<TarMemberSpec>(10_001).fill({ path: "a/", type: "5" });
    await expect(list(folders)).rejects.toThrow("too many");
  });
});
