import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createTokenizer } from "./tokenizers/create-tokenizer";
import { exceedsWindow } from "./sentences/exceeds-window";
import { splitSentences } from "./sentences/split-sentences";
import { versionedDefaults } from "./tokenizers/versioned-defaults";

const { files, tokenizers, sentences, thresholds } = z
  .object({
    files: z.record(z.string(), z.string()),
    tokenizers: z.record(
      z.string(),
      z.object({
        config: z.looseObject({ _target_: z.string() }),
        tokens: z.array(z.string()).nullable(),
        cases: z.array(z.tuple([z.string(), z.array(z.int())])),
      }),
    ),
    sentences: z.array(z.tuple([z.string(), z.string(), z.array(z.string())])),
    thresholds: z.array(z.tuple([z.string(), z.int(), z.boolean()])),
  })
  .parse(JSON.parse(readFileSync(new URL("fixtures/rules.json", import.meta.url), "utf8")));

describe("tokenizers under awkward dictionaries, settings and texts", () => {
  it.each(Object.entries(tokenizers))("%s", async (name, { config, tokens, cases }) => {
    const tokenizer = await createTokenizer(name, config, {
      defaults: versionedDefaults(null),
      readText: (file) => Promise.resolve(files[file]!),
    });
    if (tokenizer.type !== "tokenizer") throw new TypeError(name);
    if (tokens !== null) expect(tokenizer).toMatchObject({ tokens });
    for (const [text, ids] of cases) {
      expect({ text, ids: tokenizer.encode(text) }).toEqual({ text, ids });
    }
  });
});

describe("sentences", () => {
  it("are cut as NeMo cuts them", () => {
    for (const [language, text, expected] of sentences) {
      expect({ text, cut: splitSentences(text, language) }).toEqual({ text, cut: expected });
    }
  });

  it.each(thresholds)("are needed in %s from its own length on: %i", (language, count, exceeds) => {
    const isCountedByCharacter = language === "zh" || language === "ja";
    const text = (isCountedByCharacter ? "a" : "a ").repeat(count);
    expect(exceedsWindow(text, language)).toBe(exceeds);
  });
});
