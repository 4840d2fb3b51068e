import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { readWave } from "@parley/audio/wave/read-wave";
import {
  codeLists,
  hasRecords,
  readRecords,
  readTensors,
  type RecordedModel,
  recordedModels,
  recordPath,
} from "@parley/speech/magpie/testing/magpie-records";
import { CommandHarness } from "../testing/command-harness";

const reportSchema = z.object({
  text_ids: z.array(z.int()),
  codes: z.array(z.array(z.int())),
  attended: z.array(z.int()),
  end: z.string(),
  sample_rate: z.int(),
  duration: z.number(),
});

/** Two of the twelve main records, with and without the cache, since each process starts slowly. */
function wordedRecords(model: RecordedModel) {
  const worded = z.object({ text: z.string(), language: z.string() });
  const main = readRecords(model, "greedy").filter(({ name }) => /^t\dv\d\./u.test(name));
  return [main[0], main.at(-1)].flatMap((record) =>
    record === undefined ? [] : [{ ...record, ...worded.parse(record) }],
  );
}

const codecFiles = { s1: "codec/model.nemo", s2: "s2/codec.nemo" };

describe.skipIf(!hasRecords)("parley say with the models of NeMo's records", () => {
  let cache: string;
  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), "parley-say-"));
  });
  afterAll(() => rm(cache, { recursive: true, force: true }));

  async function say(...words: string[]) {
    const harness = new CommandHarness();
    harness.parts = { environment: { ...process.env, PARLEY_CACHE: cache } };
    const code = await harness.run("say", "--threads", "1", ...words, "--json", "-");
    expect([code, harness.errors.text]).toEqual([0, ""]);
    return reportSchema.parse(JSON.parse(harness.output.text));
  }

  it.each(recordedModels)(
    "%s: decides as NeMo did, from the archives to the codes",
    async (name) => {
      const model = ["--model", recordPath(`${name}/model.nemo`)];
      const codec = ["--codec", recordPath(codecFiles[name])];
      const tensor = await readTensors(name, "greedy");
      for (const record of wordedRecords(name)) {
        const { name: recordName, text, language } = record;
        const file = join(cache, "speech.wav");
        const said = await say(
          ...[text, "--greedy", "--raw", ...model, ...codec, "-o", file],
          ...["--voice", String(record.voice), "--language", language],
          ...["--cache", record.cached ? "on" : "off"],
        );
        expect(said.text_ids, recordName).toEqual(record.tokens);
        const codes = codeLists(tensor(`${recordName}.codes`), record.length);
        expect(said.codes, recordName).toEqual(codes);
        expect(said.attended, recordName).toEqual(record.attended);
        expect(said.sample_rate).toBe(22_050);
        const { samples } = readWave(await readFile(file));
        expect(samples.length % record.length, recordName).toBe(0);
      }
    },
    60_000,
  );

  it("converts an archive once", async () => {
    const conversions = await readdir(join(cache, "converted"));
    // Two models, each with its codec.
    expect(conversions).toHaveLength(4);
  });
});
