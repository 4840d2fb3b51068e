/*
 * Writes `lexicon.br` and `letters.br` beside this folder. Wanted: misaki's four dictionaries, and
 * the letter-to-sound model as one JSON object of `{ graphemes, phonemes, tensors }`, in which every
 * tensor is `{ shape, values }` (see README.md).
 *
 *   node make.mjs <folder of {us,gb}_{gold,silver}.json> <letters.json>
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

/** Phonemes are single bytes from 128 on; the order is that of phoneme-bytes.ts. */
const phonemes = "ˈˌəɪɛæɑɔɜʊʌɒᵊᵻɹɡŋðθʃʒʤʧɾʔːɐ";
const tags = {
  DEFAULT: "",
  NOUN: "N",
  VERB: "V",
  ADJ: "A",
  ADV: "R",
  None: "0",
  VBD: "D",
  VBN: "B",
  VBP: "P",
  DT: "T",
};

const [dictionaries, letters] = process.argv.slice(2);
const output = join(import.meta.dirname ?? ".", "..");

const read = (name) => JSON.parse(readFileSync(join(dictionaries, `${name}.json`), "utf8"));
const [usGold, usSilver, gbGold, gbSilver] = ["us_gold", "us_silver", "gb_gold", "gb_silver"].map(
  read,
);

function bytesOf(text) {
  return [...text]
    .map((character) => {
      const at = phonemes.indexOf(character);
      if (at >= 0) return String.fromCharCode(128 + at);
      if (character.charCodeAt(0) < 128) return character;
      throw new Error(`no byte for ${character}`);
    })
    .join("");
}

/** Silver entries begin with "~"; variants are the default first, then tag and pronunciation. */
function valueOf(word, gold, silver) {
  const found = gold[word] ?? silver[word];
  if (found === undefined) return "";
  const mark = gold[word] === undefined ? "~" : "";
  if (typeof found === "string") return mark + bytesOf(found);
  const variants = Object.entries(found).sort(([a], [b]) => (a === "DEFAULT" ? -1 : b === "DEFAULT" ? 1 : 0));
  return mark + variants.map(([tag, value]) => `${tags[tag]}${tag === "DEFAULT" ? "" : "="}${bytesOf(value ?? "")}`).join(",");
}

const words = [
  ...new Set([usGold, usSilver, gbGold, gbSilver].flatMap((entries) => Object.keys(entries))),
].sort();
let before = "";
const spellings = [];
const sounds = [];
for (const word of words) {
  let shared = 0;
  while (shared < 25 && shared < before.length && before[shared] === word[shared]) shared++;
  before = word;
  spellings.push(String.fromCharCode(65 + shared) + word.slice(shared));
  const us = valueOf(word, usGold, usSilver);
  const gb = valueOf(word, gbGold, gbSilver);
  sounds.push(us === gb ? us : `${us}\t${gb}`);
}
compress("lexicon.br", Buffer.from(`${spellings.join("\n")}\n\n${sounds.join("\n")}`, "latin1"));

/** Rows of matrices become 8 bit with a float32 scale each; vectors stay float32. */
const model = JSON.parse(readFileSync(letters, "utf8"));
const header = { graphemes: model.graphemes, phonemes: model.phonemes, tensors: [] };
const parts = [];
for (const [name, { shape, values }] of Object.entries(model.tensors)) {
  const columns = shape.at(-1);
  const isMatrix = shape.length === 2 && shape[0] > 1;
  header.tensors.push({ name, shape, type: isMatrix ? "int8" : "float32" });
  if (!isMatrix) {
    parts.push(Buffer.from(Float32Array.from(values).buffer));
    continue;
  }
  const rows = shape[0];
  const scales = new Float32Array(rows);
  const whole = new Int8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const line = values.slice(row * columns, (row + 1) * columns);
    scales[row] = Math.max(...line.map(Math.abs)) / 127;
    line.forEach((value, column) => {
      whole[row * columns + column] = Math.round(value / scales[row]);
    });
  }
  parts.push(Buffer.from(scales.buffer), Buffer.from(whole.buffer));
}
const head = Buffer.from(`${JSON.stringify(header)}\n`);
compress("letters.br", Buffer.concat([head, ...parts]));

function compress(name, bytes) {
  const packed = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  writeFileSync(join(output, name), packed);
  console.log(name, bytes.length, "→", packed.length);
}
