import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Tokenizer, emptyText, toText } from "./tokenizer";

const shared = new URL("../../../../../../shared/fixtures/asr/tokenizers/", import.meta.url);

type Goldens = {
  pieces: string[];
  decode: { ids: number[]; text: string }[];
  incremental: { ids: number[]; texts: string[] }[];
};

describe("Tokenizer", () => {
  it("reads the built-in vocabulary", () => {
    const path = new URL("../../../../../models/builtin/tokens.txt", import.meta.url);
    const tokenizer = Tokenizer.parse(readFileSync(path, "utf8"));
    expect(tokenizer.size).toBe(1_025);
    expect(tokenizer.blank).toBe(1_024);
    expect(tokenizer.decode([52, 369, 25, 63])).toBe("what time is it");
  });

  it("splits lines at the last space and takes CR LF", () => {
    const tokenizer = Tokenizer.parse("a b 0\r\n\u2581c 1\r\n<blk> 2\r\n");
    expect(tokenizer.decode([1, 0])).toBe("ca b");
  });

  it.each([
    ["a 0\nb 2\n<blk> 3\n", "line 2 has no id 1"],
    ["a 0\nb\n<blk> 2\n", "line 2 has no id 1"],
    ["a 0\nb 1\n", "does not end with <blk>"],
    ["", "does not end with <blk>"],
  ])("refuses %j", (tokens, message) => {
    expect(() => Tokenizer.parse(tokens)).toThrow(message);
  });

  it("joins byte pieces to characters and shows unfinished ones as such", () => {
    const tokenizer = new Tokenizer(["<0xC3>", "<0xA9>", "\u2581caf", "s"]);
    expect(tokenizer.decode([2, 0, 1, 3])).toBe("cafés");
    let text = emptyText;
    const shown = [2, 0, 1].map((id) => toText((text = tokenizer.append(text, id))));
    expect(shown).toEqual(["caf", "caf", "café"]);
    expect(tokenizer.decode([2, 0, 3])).toBe("caf\ufffds");
  });

  it("keeps what is not for people out of the text", () => {
    const tokenizer = new Tokenizer(["<unk>", "</s>", "<en-US>", "<EOU>", "\u2581<", "hm"]);
    expect(tokenizer.decode([0, 1, 2, 4, 5, 3, 99])).toBe("<hm");
  });

  it.skipIf(!existsSync(shared))("decodes as SentencePiece does", () => {
    for (const name of ["bpe_cased", "bpe_lower", "bpe_bytes", "unigram"]) {
      const path = new URL(`${name}/goldens.json`, shared);
      const { pieces, decode, incremental } = JSON.parse(readFileSync(path, "utf8")) as Goldens;
      const tokenizer = new Tokenizer(pieces);
      for (const { ids, text } of decode) {
        if (ids.some((id) => pieces[id]?.startsWith("<"))) continue;
        expect(tokenizer.decode(ids)).toBe(text.trim());
      }
      for (const { ids, texts } of incremental) {
        if (ids.some((id) => pieces[id] === "<unk>")) continue;
        let text = emptyText;
        const shown = ids.map((id) => toText((text = tokenizer.append(text, id))));
        // SentencePiece shows a mark for each byte of an unfinished character.
        const whole = texts.map((recorded) => recorded.replaceAll("\ufffd", "").trim());
        expect(shown.map((text) => text.replaceAll("\ufffd", "").trim())).toEqual(whole);
      }
    }
  });
});
