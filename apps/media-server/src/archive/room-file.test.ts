import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { RoomFile } from "./room-file";

let folder: string;
let filePath: string;
let file: RoomFile;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "parley-room-file-"));
  filePath = path.join(folder, "room.jsonl");
  file = new RoomFile(filePath);
});

afterEach(() => rm(folder, { recursive: true }));

test("appends, and says how long the file is", async () => {
  expect(await file.append("ä\n")).toBe(3);
  expect(await file.append("b\n")).toBe(5);
  expect(await file.read()).toBe("ä\nb\n");
});

test("an unknown file is null", async () => {
  expect(await file.read()).toBeNull();
});

test("only its owner may read it, also when it was made with wider rights", async () => {
  await writeFile(filePath, "", { mode: 0o644 });
  await file.append("a\n");
  expect((await stat(filePath)).mode & 0o777).toBe(0o600);
});

test("a torn last line swallows none of the next ones", async () => {
  await file.append("a\n");
  await appendFile(filePath, "tor");
  await file.append("b\n");
  expect(await file.read()).toBe("a\ntor\nb\n");
});

test("reading changes nothing", async () => {
  await writeFile(filePath, "whole, but for its line break");
  await file.read();
  expect(await readFile(filePath, "utf8")).toBe("whole, but for its line break");
});
