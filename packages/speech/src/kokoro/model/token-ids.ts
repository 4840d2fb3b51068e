import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError, errorMessage } from "@parley/shared/errors";
import { z } from "zod";

/** Phonemes that the model reads at once, without the ends. */
export const maxPhonemes = 510;
/** The id at both ends of a text. */
const end = 0;

const tokenizerSchema = z.object({
  model: z.object({ vocab: z.record(z.string(), z.int().nonnegative()) }),
});

/** The model's alphabet: an id for each phoneme, mark and space. */
export class TokenIds {
  readonly #ids: ReadonlyMap<string, number>;

  /**
   * Reads `tokenizer.json`.
   *
   * @throws AppError `model-mismatch` when it is missing or of another form
   */
  static async read(model: string): Promise<TokenIds> {
    try {
      const text = await readFile(join(model, "tokenizer.json"), "utf8");
      return new TokenIds(tokenizerSchema.parse(JSON.parse(text)).model.vocab);
    } catch (error) {
      const reason = `${model}: no tokenizer: ${errorMessage(error).slice(0, 200)}`;
      throw new AppError("model-mismatch", reason, { cause: error });
    }
  }

  /** @param vocabulary ids by character */
  constructor(vocabulary: Readonly<Record<string, number>>) {
    this.#ids = new Map(Object.entries(vocabulary));
  }

  /**
   * Ids for one run after the other, each of at most `maxPhonemes` with an end on both sides, cut
   * between words if possible. Characters that the model does not know are left out.
   */
  runsOf(phonemes: string): number[][] {
    const known = Array.from(phonemes).filter((phoneme) => this.#ids.has(phoneme));
    const runs: number[][] = [];
    for (let at = 0; at < known.length;) {
      const rest = known.slice(at, at + maxPhonemes);
      const isLast = at + rest.length >= known.length;
      const space = isLast ? -1 : rest.lastIndexOf(" ");
      const run = space > 0 ? rest.slice(0, space) : rest;
      runs.push([end, ...run.map((phoneme) => this.#ids.get(phoneme) ?? end), end]);
      at += run.length;
    }
    return runs;
  }
}
