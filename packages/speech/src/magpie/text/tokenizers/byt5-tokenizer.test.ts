import { expect, it } from "vitest";
import { byt5Tokenizer } from "./byt5-tokenizer";

const letter = (character: string) => character.charCodeAt(0) + 3;

// As ByT5Tokenizer of transformers 5.23 reads them.
it.each<[string, number[]]>([
  ["", [1]],
  ["a b", [letter("a"), letter(" "), letter("b"), 1]],
  ["a </s>", [letter("a"), 1]],
  ["</s></s>", [1, 1]],
  ["\t</s>\u001c b", [1, letter("b"), 1]],
  ["a<pad> <unk>\u0085b", [letter("a"), 0, 2, letter("b"), 1]],
  ["a <extra_id_12> z", [letter("a"), letter(" "), 271, letter(" "), letter("z"), 1]],
  ["<extra_id_124>", [383, 1]],
])("reads special tokens as such: %j", (text, ids) => {
  expect(byt5Tokenizer.encode(text)).toEqual(ids);
});

it("reads as letters what only looks like a special token", () => {
  for (const text of ["<extra_id_125>", "<extra_id_07>", "</s", "<PAD>"]) {
    expect(byt5Tokenizer.encode(text)).toHaveLength(text.length + 1);
  }
});

it("takes long texts and long runs of spaces", () => {
  const text = " ".repeat(300_000);
  expect(byt5Tokenizer.encode(`${text}a`)).toHaveLength(text.length + 2);
});
