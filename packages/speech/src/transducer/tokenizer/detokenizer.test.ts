import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseTokens } from "./parse-tokens";
import { Detokenizer, emptyText, toText } from "./detokenizer";

const shared = new URL("../../../../../../shared/fixtures/asr/", import.meta.url);

const goldensSchema = z.object({
  pieces: z.array(z.string()),
  incremental: z.array(z.object({ ids: z.array(z.int()), texts: z.array(z.string()) })),
});
const offlineSchema = z.record(z.string(), z.object({ ids: z.array(z.int()), text: z.string() }));

/** NeMo's text without control tokens, words one space apart. */
function forPeople(text: string): string {
  return text
    .replace(/ \u2047 |<EO[UB]>/g, "")
    .replace(/ +/g, " ")
    .trim();
}

describe("Tokenizer", () => {
  it("reads the built-in vocabulary", () => {
    const path = new URL("../../../../../models/builtin/tokens.txt", import.meta.url);
    const detokenizer = new Detokenizer({ pieces: parseTokens(readFileSync(path, "utf8")) });
    expect(detokenizer.decode([52, 369, 25, 63])).toBe("what time is it");
  });

  it("joins byte pieces to characters and marks incomplete ones", () => {
    const detokenizer = new Detokenizer({ pieces: ["<0xC3>", "<0xA9>", "\u2581caf", "s"] });
    expect(detokenizer.decode([2, 0, 1, 3])).toBe("cafés");
    let text = emptyText;
    const shown = [2, 0, 1].map((id) => toText((text = detokenizer.append(text, id))));
    expect(shown).toEqual(["caf", "caf", "café"]);
    expect(detokenizer.decode([2, 0, 3])).toBe("caf\ufffds");
  });

  it("leaves control tokens out of the text", () => {
    const pieces = ["<unk>", "</s>", "<en-US>", "<EOU>", "\u2581<", "hm"];
    expect(new Detokenizer({ pieces }).decode([0, 1, 2, 4, 5, 3, 99])).toBe("<hm");
  });

  it("recognises the tokens that end an utterance or a backchannel", () => {
    const detokenizer = new Detokenizer({ pieces: ["\u2581a", "<EOU>", "<EOB>"] });
    expect([0, 1, 2, 3].map((id) => detokenizer.endingOf(id))).toEqual([
      null,
      "end-of-utterance",
      "end-of-backchannel",
      null,
    ]);
  });

  it("puts no space before closing marks, and one before opening marks and symbols", () => {
    const pieces = ["\u2581a", "\u2581", ".", "\u2581(", "(", ")", "\u2581$5", "\u2581?", "?"];
    const detokenizer = new Detokenizer({ pieces });
    expect(detokenizer.decode([0, 1, 2, 0])).toBe("a. a");
    expect(detokenizer.decode([1, 2, 0, 1, 1, 0, 7])).toBe(". a a?");
    expect(detokenizer.decode([0, 3, 0, 5, 6, 1])).toBe("a ( a) $5");
  });

  it("treats a mark that only begins words as part of them", () => {
    const detokenizer = new Detokenizer({ pieces: ["\u2581a", "\u2581-"] });
    expect(detokenizer.decode([0, 1, 0])).toBe("a - a");
  });

  describe.skipIf(!existsSync(shared))("beside NeMo", () => {
    it.each(["bpe_cased", "bpe_lower", "bpe_bytes", "unigram", "bpe_eou"])(
      "shows %s word by word as SentencePiece does",
      (name) => {
        const path = new URL(`tokenizers/${name}/goldens.json`, shared);
        const { pieces, incremental } = goldensSchema.parse(JSON.parse(readFileSync(path, "utf8")));
        const detokenizer = new Detokenizer({ pieces });
        // SentencePiece shows a mark for each byte of an incomplete character and does not remove
        // spaces before punctuation.
        const comparable = (text: string) =>
          forPeople(text.replaceAll("\ufffd", "")).replace(/ (?=[.,!?'-])/g, "");
        for (const { ids, texts } of incremental) {
          let text = emptyText;
          const shown = ids.map((id) => toText((text = detokenizer.append(text, id))));
          expect(shown.map(comparable)).toEqual(texts.map(comparable));
        }
      },
    );

    it.each([
      ["nemotron-like", "bpe_cased"],
      ["parakeet-rnnt-like-tt", "bpe_lower"],
      ["parakeet-rnnt-like-ff", "bpe_lower"],
      ["parakeet-tdt-like", "bpe_cased"],
      ["eou-like", "bpe_eou"],
      ["hybrid-ctc", "unigram"],
    ])("writes what NeMo writes: %s", (model, name) => {
      const { pieces } = goldensSchema.parse(
        JSON.parse(readFileSync(new URL(`tokenizers/${name}/goldens.json`, shared), "utf8")),
      );
      const detokenizer = new Detokenizer({ pieces });
      const offline = new URL(`models/${model}/offline.json`, shared);
      const recordings = offlineSchema.parse(JSON.parse(readFileSync(offline, "utf8")));
      for (const { ids, text } of Object.values(recordings)) {
        expect(detokenizer.decode(ids)).toBe(forPeople(text));
      }
    });
  });
});
