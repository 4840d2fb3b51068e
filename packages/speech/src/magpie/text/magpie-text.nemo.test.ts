import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { openCheckpoint } from "@parley/nemo-onnx/checkpoint/open-checkpoint";
import { parseModelConfig } from "@parley/nemo-onnx/checkpoint/model-config";
import { createTokenizer } from "./tokenizers/create-tokenizer";
import { MagpieText, type MagpieTextSource } from "./magpie-text";
import { splitSentences } from "./sentences/split-sentences";
import { parseTextConfig } from "./text-config";
import { versionedDefaults } from "./tokenizers/versioned-defaults";

const fixtures = new URL("fixtures/", import.meta.url);
const shared = new URL("../../../../../../shared/fixtures/tts/", import.meta.url);

const tokensSchema = z.object({
  eos_id: z.int(),
  text_embedding_rows: z.int(),
  tokenizers: z.record(z.string(), z.object({ offset: z.int(), size: z.int() })),
  vocabularies: z.record(z.string(), z.array(z.string())),
  cases: z.record(
    z.string(),
    z.array(
      z.union([
        z.object({ text: z.string(), ids: z.array(z.int()) }),
        // Where NeMo throws; we find nothing to speak.
        z
          .object({ text: z.string(), error: z.literal("IndexError") })
          .transform(({ text }) => ({ text, ids: [] })),
      ]),
    ),
  ),
});
const chunksSchema = z.object({
  chunking: z.array(
    z.object({
      language: z.string(),
      text: z.string(),
      chunks: z.array(z.string()),
      ids: z.array(z.array(z.int())),
    }),
  ),
  split_by_sentence: z.array(
    z.object({ language: z.string(), text: z.string(), sentences: z.array(z.string()) }),
  ),
});

function readJson<Schema extends z.ZodType>(url: URL, schema: Schema): z.infer<Schema> {
  return schema.parse(JSON.parse(readFileSync(url, "utf8")));
}

/** The configuration with the tokenizers' names for languages, so that each can be called. */
function byTokenizer(source: MagpieTextSource): MagpieTextSource {
  const config = z.looseObject({ text_tokenizers: z.looseObject({}) }).parse(source.config);
  const names = Object.keys(config.text_tokenizers);
  const mapping = Object.fromEntries(names.map((name) => [name, name]));
  return {
    file: source.file,
    config: { ...config, language_to_tokenizer_mapping: mapping },
    readMember: (name) => source.readMember(name),
  };
}

function folderSource(folder: URL): MagpieTextSource {
  const file = fileURLToPath(new URL("model_config.yaml", folder));
  return {
    file,
    config: parseModelConfig(readFileSync(file, "utf8"), file),
    readMember: (name) =>
      Promise.resolve(readFileSync(new URL(name.replace(/^nemo:/, ""), folder))),
  };
}

async function checkTokens(source: MagpieTextSource, folder: URL): Promise<void> {
  const goldens = readJson(new URL("tokens.json", folder), tokensSchema);
  const text = await MagpieText.from(byTokenizer(source));
  expect(text.size).toBe(goldens.text_embedding_rows);
  expect(text.endId).toBe(goldens.eos_id);
  expect(text.languages).toEqual(Object.keys(goldens.tokenizers));
  for (const [name, cases] of Object.entries(goldens.cases)) {
    const spoken = cases.map(({ text: given }) => ({ text: given, ids: text.encode(given, name) }));
    expect(spoken, name).toEqual(cases);
  }
}

async function checkVocabularies(source: MagpieTextSource, folder: URL): Promise<void> {
  const goldens = readJson(new URL("tokens.json", folder), tokensSchema);
  const config = parseTextConfig(source.config, source.file);
  const defaults = versionedDefaults(config.nemo_version);
  const readText = async (name: string) =>
    Buffer.from(await source.readMember(name)).toString("utf8");
  let offset = 0;
  for (const [name, tokenizerConfig] of Object.entries(config.text_tokenizers)) {
    const tokenizer = await createTokenizer(name, tokenizerConfig, { defaults, readText });
    expect({ offset, size: tokenizer.size }, name).toEqual(goldens.tokenizers[name]);
    offset += tokenizer.size;
    const vocabulary = goldens.vocabularies[name];
    if (vocabulary !== undefined) expect(tokenizer, name).toMatchObject({ tokens: vocabulary });
  }
}

async function checkChunks(source: MagpieTextSource, folder: URL): Promise<void> {
  const { chunking, split_by_sentence: splits } = readJson(
    new URL("chunks.json", folder),
    chunksSchema,
  );
  const text = await MagpieText.from(source);
  for (const { language, text: given, chunks, ids } of chunking) {
    expect(text.chunks(given, language)).toEqual(
      chunks.map((chunk, index) => ({ text: chunk, ids: ids[index] })),
    );
  }
  for (const { language, text: given, sentences } of splits) {
    expect(splitSentences(given, language)).toEqual(sentences);
  }
}

describe.each(["s1", "s2"])("MagpieText against NeMo: %s", (model) => {
  const folder = new URL(`${model}/`, fixtures);

  it("has its vocabularies", () => checkVocabularies(folderSource(folder), folder));
  it("gives its ids", () => checkTokens(folderSource(folder), folder));
  it("gives its chunks", () => checkChunks(folderSource(folder), folder));
});

describe.skipIf(!existsSync(shared))("beside NeMo, all references", () => {
  it.each(["s1", "s2"])("reads the archive as it does: %s", async (model) => {
    const folder = new URL(`${model}/`, shared);
    const checkpoint = await openCheckpoint(fileURLToPath(new URL("model.nemo", folder)));
    try {
      await checkVocabularies(checkpoint, folder);
      await checkTokens(checkpoint, folder);
      await checkChunks(checkpoint, folder);
    } finally {
      await checkpoint.close();
    }
  });
});
