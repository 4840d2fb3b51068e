import { existsSync, readFileSync } from "node:fs";
import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { openRecognizer } from "@parley/speech/engines/open-recognizer";
import { FakeHub } from "@parley/models/hub/testing/fake-hub";
import { resolveModel } from "@parley/models/resolve-model";
import { MemoryOutput, CommandHarness } from "../testing/command-harness";

const fixtures = new URL("../../../../packages/nemo-onnx/fixtures/", import.meta.url);
const archive = fileURLToPath(new URL("eou-like.nemo", fixtures));
const name = "parakeet-realtime-eou";

let hub: FakeHub;
let scratch: string;
let environment: NodeJS.ProcessEnv;
let harness: CommandHarness;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "parley-models-"));
  hub = new FakeHub("nvidia/parakeet_realtime_eou_120m-v1");
  hub.add("parakeet.nemo", readFileSync(archive));
  hub.add("README.md", "# Parakeet", false);
  await hub.start();
  environment = {
    HF_ENDPOINT: hub.endpoint,
    HF_HOME: join(scratch, "huggingface"),
    PARLEY_CACHE: join(scratch, "parley"),
  };
});

afterEach(async () => {
  await hub.stop();
  await rm(scratch, { recursive: true });
});

/** @returns the exit code; the output is in `harness` */
async function parley(...words: string[]): Promise<number> {
  harness = new CommandHarness();
  return await runIn(harness, ...words);
}

async function runIn(scripted: CommandHarness, ...words: string[]): Promise<number> {
  scripted.parts = { environment, ...scripted.parts };
  return await scripted.run("models", ...words);
}

const stateSchema = z.object({
  models: z.array(
    z.object({
      name: z.string(),
      presence: z.enum(["absent", "partial", "here"]),
      bytes: z.int(),
      commit: z.string().nullable(),
      conversions: z.array(
        z.object({ precision: z.string(), bytes: z.int(), isStale: z.boolean() }),
      ),
    }),
  ),
});

async function stateOf(model: string) {
  expect(await parley("list", "--json")).toBe(0);
  const { models } = stateSchema.parse(JSON.parse(harness.output.text));
  return models.find((state) => state.name === model)!;
}

describe("parley models", () => {
  it("downloads, converts, uses and removes a model", async () => {
    expect(await stateOf(name)).toMatchObject({ presence: "absent", bytes: 0, conversions: [] });
    const { signal } = new AbortController();
    await expect(resolveModel(name, { signal, environment })).rejects.toMatchObject({
      code: "not-found",
      message: expect.stringContaining(`parley models pull ${name}`) as string,
    });

    expect(await parley("pull", name)).toBe(0);
    expect(harness.output.text).toContain("cccccccccccc, 1.");
    expect(harness.errors.text).toContain("NVIDIA Open Model License, see http");
    expect(await stateOf(name)).toMatchObject({ presence: "here", commit: hub.commit });

    expect(await parley("convert", name)).toBe(0);
    expect(await parley("convert", name, "--precision", "int8")).toBe(0);
    const folder = await resolveModel(`${name}:int8`, { signal, environment });
    expect(harness.output.text).toContain(folder);
    expect((await resolveModel(name, { signal, environment })).endsWith("-fp32")).toBe(true);
    const { conversions } = await stateOf(name);
    expect(conversions.map(({ precision }) => precision)).toEqual(["fp32", "int8"]);
    expect(await parley("list")).toBe(0);
    expect(harness.output.text).toMatch(/parakeet-realtime-eou +here, fp32 int8 +\d/u);

    expect(await parley("verify", name)).toBe(0);
    expect(harness.output.text).toContain("ok      parakeet.nemo: checksum");
    expect(harness.output.text).toContain("ok      graphs: they load and fit");

    expect(await parley("remove", name, "--yes")).toBe(0);
    expect(harness.output.text).toContain("removed");
    expect(await stateOf(name)).toMatchObject({ presence: "absent", bytes: 0 });
    expect(await readdir(join(scratch, "parley", "converted"))).toEqual([]);
    expect(await readdir(join(scratch, "huggingface", "hub"))).toEqual([".locks"]);
    expect(await parley("remove", name)).toBe(0);
    expect(harness.output.text).toContain("not on this machine");
  });

  it.each([
    ["yes\n", "removed", "absent"],
    ["n\n", "kept", "here"],
    ["", "kept", "here"],
  ])("removes only after a yes: %j", async (answer, outcome, presence) => {
    await parley("pull", name);
    harness = new CommandHarness();
    harness.parts = { input: Readable.from([Buffer.from(answer)]) };
    expect(await runIn(harness, "remove", name)).toBe(0);
    expect(harness.errors.text).toContain(`Remove ${name}`);
    expect(harness.output.text).toContain(outcome);
    expect((await stateOf(name)).presence).toBe(presence);
  });

  it("keeps the files of other tools", async () => {
    await parley("pull", name);
    const repository = join(
      scratch,
      "huggingface/hub/models--nvidia--parakeet_realtime_eou_120m-v1",
    );
    const readme = join(repository, "snapshots", hub.commit, "README.md");
    await writeFile(readme, "# Parakeet");
    await parley("remove", name, "--yes");
    expect(await readdir(join(repository, "snapshots", hub.commit))).toEqual(["README.md"]);
    expect(await readdir(join(repository, "blobs"))).toEqual([]);
  });

  it("shows a bar with speed on a terminal, and clears it", async () => {
    harness = new CommandHarness();
    harness.errors = new MemoryOutput(true);
    expect(await runIn(harness, "pull", name)).toBe(0);
    expect(harness.errors.text).toMatch(/0% 0 B of 1\.\d MB/u);
    expect(harness.errors.text).toContain("parakeet.nemo");
  });

  it("reports a corrupted file", async () => {
    await parley("pull", name);
    const blobs = join(
      scratch,
      "huggingface/hub/models--nvidia--parakeet_realtime_eou_120m-v1/blobs",
    );
    const bytes = readFileSync(archive);
    bytes[1_000] = (bytes[1_000] ?? 0) ^ 1;
    await writeFile(join(blobs, hub.etagOf("parakeet.nemo")), bytes);
    expect(await parley("verify", name)).toBe(1);
    expect(harness.output.text).toContain("failed  parakeet.nemo: checksum mismatch");
    expect(harness.output.text).toContain("skipped graphs");
  });

  it("converts a file into a folder, and leaves nothing after an interrupt", async () => {
    const out = join(scratch, "out");
    harness = new CommandHarness();
    harness.interrupt();
    expect(await runIn(harness, "convert", archive, "--out", out)).toBe(130);
    expect(existsSync(out)).toBe(false);
    expect(await parley("convert", archive, "--out", out)).toBe(0);
    expect(await readdir(out)).toContain("parley.json");
    expect(await parley("verify", out)).toBe(0);
    expect(harness.output.text).toContain("ok      encoder.onnx: checksum");
    await writeFile(join(out, "tokens.txt"), "a 0\n");
    expect(await parley("verify", out)).toBe(1);
    expect(harness.output.text).toContain("failed  tokens.txt: checksum mismatch");
    expect(harness.output.text).toContain("failed  graphs: ");
  });

  it.each([
    [["pull", "parakeet"], 2, "is it parakeet-realtime-eou, parakeet-rnnt-1.1b"],
    [["pull", "whisper"], 2, "see: parley models list"],
    [["convert", archive, "--precision", "int3"], 2, "int3"],
    [["convert", "smart-turn-v3"], 2, "needs no conversion"],
    [["convert", name], 1, `parley models pull ${name}`],
    [["verify", "nowhere"], 1, "nowhere"],
  ])("%j ends with %i", async (words, code, message) => {
    expect(await parley(...words)).toBe(code);
    expect(harness.errors.text).toContain(message);
  });
});

const shared = new URL("../../../../../shared/fixtures/asr/models/eou-like/", import.meta.url);

describe.skipIf(!existsSync(shared))("against NeMo's answers", () => {
  const open = { openRecognizer };

  it("recognises the same tokens, and reports where they differ", async () => {
    const out = join(scratch, "out");
    await parley("convert", archive, "--out", out);
    // A few recordings keep the test quick.
    const reference = join(scratch, "reference");
    await cp(fileURLToPath(new URL("../../audio/", shared)), join(reference, "audio"), {
      recursive: true,
    });
    const document: unknown = JSON.parse(readFileSync(new URL("offline.json", shared), "utf8"));
    const answers = z
      .record(z.string(), z.object({ ids: z.array(z.int()), timestamps: z.array(z.int()) }))
      .parse(document);
    const { flite_slt: first, tiny, silence2 } = answers;
    await writeFile(join(reference, "offline.json"), JSON.stringify({ flite_slt: first, tiny }));
    harness = new CommandHarness();
    harness.parts = open;
    expect(await runIn(harness, "verify", out, "--reference", reference)).toBe(0);
    expect(harness.output.text).toContain("ok      flite_slt in one pass: 28 tokens as");

    const wrong = { ...tiny, ids: [1, ...(tiny?.ids.slice(1) ?? [])] };
    const own = {
      format: 1,
      recordings: [
        { audio: "audio/tiny.wav", mode: { type: "offline" }, ids: wrong.ids },
        { audio: "audio/silence2.wav", mode: { type: "offline" }, ids: silence2?.ids },
      ],
    };
    await writeFile(join(reference, "reference.json"), JSON.stringify(own));
    harness = new CommandHarness();
    harness.parts = open;
    expect(await runIn(harness, "verify", out, "--reference", reference)).toBe(1);
    expect(harness.output.text).toContain("tiny.wav in one pass: token 0 is 62 instead of 1");
  });
});
