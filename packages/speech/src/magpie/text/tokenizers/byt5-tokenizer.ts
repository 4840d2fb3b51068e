import type { Tokenizer } from "./tokenizer";
import { stripEnd, whiteSpace } from "../white-space";

const specialIds: ReadonlyMap<string, number> = new Map([
  ["<pad>", 0],
  ["</s>", 1],
  ["<unk>", 2],
]);
const end = 1;
/** Ids of bytes follow those of the special tokens, and the 125 of `<extra_id_0>` … the bytes. */
const firstByte = 3;
const firstExtra = firstByte + 256;

/** A special token as it may stand in text; white space around the first kind goes with it. */
const specialToken = new RegExp(
  `(<pad>|</s>|<unk>)[${whiteSpace}]*|<extra_id_(\\d|[1-9]\\d|1[01]\\d|12[0-4])>`,
  "g",
);

/**
 * `ByT5Tokenizer` of Hugging Face transformers (Xue et al., 2022): bytes of UTF-8, then `</s>`.
 *
 * Special tokens written out in the text are read as such, as the models' own code does: `</s>`
 * within a text may cut it short. Remove the markup of untrusted text before.
 */
export const byt5Tokenizer: Tokenizer = {
  type: "tokenizer",
  size: firstExtra + 125,
  encode(text) {
    const ids: number[] = [];
    let position = 0;
    for (const { 0: written, 1: name, 2: extra, index } of text.matchAll(specialToken)) {
      const before = text.slice(position, index);
      const special = name === undefined ? undefined : specialIds.get(name);
      appendBytes(ids, special === undefined ? before : stripEnd(before));
      ids.push(special ?? firstExtra + Number(extra));
      position = index + written.length;
    }
    appendBytes(ids, text.slice(position));
    return ids.at(-1) === end ? ids : [...ids, end];
  },
};

function appendBytes(ids: number[], text: string): void {
  for (const byte of new TextEncoder().encode(text)) ids.push(firstByte + byte);
}
