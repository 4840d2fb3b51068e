import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readSentencePieceModel } from "./read-sentencepiece-model";
import { SentencePieceEncoder } from "./sentencepiece-encoder";

const goldensSchema = z.object({
  encode: z.array(z.object({ text: z.string(), ids: z.array(z.int()) })),
});

const fixtures = new URL("../../fixtures/tokenizers/", import.meta.url);
const shared = new URL("../../../../../shared/fixtures/asr/tokenizers/", import.meta.url);

/** Every text that the library was given, against the ids that it returned. */
function expectGoldens(modelFile: URL, goldensFile: URL) {
  const model = readSentencePieceModel(readFileSync(modelFile), modelFile.pathname);
  const encoder = new SentencePieceEncoder(model);
  const goldens = goldensSchema.parse(JSON.parse(readFileSync(goldensFile, "utf8")));
  expect(goldens.encode).toHaveLength(86);
  for (const { text, ids } of goldens.encode) {
    expect(encoder.encode(text), JSON.stringify(text)).toEqual(ids);
  }
}

describe("SentencePieceEncoder", () => {
  it.each(["bpe_cased", "unigram"])("encodes as the library does: %s", (name) => {
    expectGoldens(new URL(`${name}.model`, fixtures), new URL(`${name}.json`, fixtures));
  });

  it
    .skipIf(!existsSync(shared))
    .each(["bpe_cased", "bpe_lower", "bpe_eou", "bpe_bytes", "unigram"])(
    "encodes as the library does, wider set: %s",
    (name) => {
      const folder = new URL(`${name}/`, shared);
      expectGoldens(new URL("tokenizer.model", folder), new URL("goldens.json", folder));
    },
  );
});
