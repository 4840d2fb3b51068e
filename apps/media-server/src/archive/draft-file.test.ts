import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sampleEntry } from "./conformance/samples";
import { DraftFile } from "./draft-file";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "parley-draft-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("removing it leaves nothing, not even what a crash left half written", async () => {
  const file = new DraftFile(path.join(folder, "room.draft.json"));
  const draft = sampleEntry("being said");
  await file.write(draft);
  expect(await file.read()).toEqual(draft);
  await writeFile(path.join(folder, "room.draft.json.new"), '{"text":"being sa');
  await file.remove();
  expect(await readdir(folder)).toEqual([]);
  expect(await file.read()).toBeNull();
});
