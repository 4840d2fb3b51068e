import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import { readWhole } from "./byte-source";
import { openArchive } from "./open-archive";
import { buildTar } from "./testing/build-tar";
import { TemporaryFolder } from "./testing/temporary-folder";

const folder = new TemporaryFolder();

/** Points the system's temporary folder at a new, empty one. */
function stubTemporaryFolder(name: string): string {
  const path = join(folder.path, name);
  mkdirSync(path);
  vi.stubEnv("TMPDIR", path);
  return path;
}

afterEach(() => {
  vi.unstubAllEnvs();
});

const tar = buildTar([
  { path: "./", type: "5" },
  { path: "./a.txt", content: "alpha" },
]);

describe("openArchive", () => {
  it("opens a plain tar, a gzipped one and a folder alike", async () => {
    const unpacked = join(folder.path, "unpacked");
    mkdirSync(join(unpacked, "subfolder"), { recursive: true });
    folder.write("unpacked/a.txt", "alpha");
    const packed = folder.write("packed.nemo", gzipSync(tar));
    for (const path of [folder.write("plain.nemo", tar), packed, unpacked]) {
      const archive = await openArchive(path);
      expect([...archive.members.keys()]).toEqual(["a.txt"]);
      const text = Buffer.from(await readWhole(archive.members.get("a.txt")!, 10)).toString();
      expect(text).toBe("alpha");
      await archive.close();
    }
  });

  it("deletes the decompressed copy of a gzipped archive on close", async () => {
    const temporary = stubTemporaryFolder("while-open");
    const archive = await openArchive(folder.write("open.nemo", gzipSync(tar)));
    expect(readdirSync(temporary)).toHaveLength(1);
    await archive.close();
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("writes nothing to disk for a plain tar", async () => {
    const temporary = stubTemporaryFolder("plain");
    const archive = await openArchive(folder.write("written.nemo", tar));
    expect(readdirSync(temporary)).toEqual([]);
    await archive.close();
  });

  const escaping = buildTar([{ path: "../../escaped.txt", content: "!" }]);
  it.each([
    [
      "bomb",
      gzipSync(Buffer.alloc(2 ** 26 + 1), { level: 1 }),
      "refused",
      "more than 67108864 bytes",
    ],
    ["truncated", gzipSync(tar).subarray(0, 40), "malformed", "cannot be unpacked"],
    ["not a tar", gzipSync(Buffer.from("text".repeat(300))), "malformed", "at 0"],
    ["escape", gzipSync(escaping), "refused", "escaped.txt"],
  ])(
    "leaves no files behind when it refuses a gzipped archive: %s",
    async (name, bytes, code, message) => {
      const temporary = stubTemporaryFolder(name);
      const file = folder.write(`${name}.nemo`, bytes);
      const before = readdirSync(folder.path);
      await expect(openArchive(file)).rejects.toMatchObject({ name: "ModelError", code });
      await expect(openArchive(file)).rejects.toThrow(message);
      await expect(openArchive(file)).rejects.toThrow(file);
      expect(readdirSync(temporary)).toEqual([]);
      expect(readdirSync(folder.path)).toEqual(before);
    },
  );

  it("names a file that does not exist", async () => {
    const file = join(folder.path, "absent.nemo");
    await expect(openArchive(file)).rejects.toMatchObject({
      name: "ModelError",
      message: `${file} cannot be opened`,
    });
  });
});
