import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readSentencePieceModel } from "./read-sentencepiece-model";
import { decodePieces } from "./sentencepiece-decoder";
import { SentencePieceEncoder } from "./sentencepiece-encoder";

const goldensSchema = z.object({
  encode: z.array(z.object({ text: z.string(), ids: z.array(z.int()) })),
  decode: z.array(z.object({ ids: z.array(z.int()), text: z.string() })),
  incremental: z.array(z.object({ ids: z.array(z.int()), texts: z.array(z.string()) })).default([]),
});

const fixtures = new URL("../../fixtures/tokenizers/", import.meta.url);
const shared = new URL("../../../../../shared/fixtures/asr/tokenizers/", import.meta.url);

/** Every text that the library itself was asked for. */
function expectGoldens(modelFile: URL, goldensFile: URL) {
  const model = readSentencePieceModel(readFileSync(modelFile), modelFile.pathname);
  const encoder = new SentencePieceEncoder(model);
  const goldens = goldensSchema.parse(JSON.parse(readFileSync(goldensFile, "utf8")));
  expect(goldens.encode).toHaveLength(86);
  expect(goldens.decode).toHaveLength(40);
  for (const { text, ids } of goldens.encode) {
    expect(encoder.encode(text), JSON.stringify(text)).toEqual(ids);
  }
  for (const { ids, text } of goldens.decode) expect(decodePieces(model, ids)).toBe(text);
  for (const { ids, texts } of goldens.incremental) {
    const shown = ids.map((_, index) => decodePieces(model, ids.slice(0, index + 1)));
    expect(shown).toEqual(texts);
  }
}

describe("SentencePiece", () => {
  it.each(["bpe_cased", "unigram"])("cuts and joins as the library does: %s", (name) => {
    expectGoldens(new URL(`${name}.model`, fixtures), new URL(`${name}.json`, fixtures));
  });

  it
    .skipIf(!existsSync(shared))
    .each(["bpe_cased", "bpe_lower", "bpe_eou", "bpe_bytes", "unigram"])(
    "cuts and joins as the library does, wider set: %s",
    (name) => {
      const folder = new URL(`${name}/`, shared);
      expectGoldens(new URL("tokenizer.model", folder), new URL("goldens.json", folder));
    },
  );
});
