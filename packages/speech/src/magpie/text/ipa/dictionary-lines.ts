import { AppError } from "@parley/shared/errors";
import { strip, whiteSpace } from "../white-space";
import { wordCharacters } from "./word-characters";

/** The text of one pronunciation dictionary. */
export type DictionaryText = {
  /** The file, for messages. */
  readonly name: string;
  readonly text: string;
};

type DictionaryLine = {
  /** As written, without the number of its variant. */
  readonly word: string;
  /** Each code point is a symbol. */
  readonly pronunciation: string;
};

const entryStart = new RegExp(`^[${wordCharacters}']`);
const variant = /\([0-9]+\)/g;
const spaces = new RegExp(`[${whiteSpace}]+`, "g");

/**
 * The entries of a dictionary in the format of CMUdict, such as `HELLO(1)  həˈloʊ`. Lines that do
 * not begin with a letter or an apostrophe are comments (NeMo's `IpaG2p._parse_phoneme_dict`).
 *
 * @throws AppError `model-mismatch` for a word without a pronunciation
 */
export function* dictionaryLines({ name, text }: DictionaryText): Generator<DictionaryLine> {
  // Composing never joins characters across a line's end.
  const lines = text.normalize("NFC").split(/\r\n|\r|\n/);
  for (const line of lines) {
    if (!entryStart.test(line)) continue;
    const space = line.search(spaces);
    const end = space === -1 ? line.length : space;
    const pronunciation = strip(line.slice(end));
    if (pronunciation === "") {
      throw new AppError("model-mismatch", `${name}: no pronunciation in ${JSON.stringify(line)}`);
    }
    yield {
      word: line.slice(0, end).replace(variant, ""),
      pronunciation: pronunciation.replace(spaces, ""),
    };
  }
}
