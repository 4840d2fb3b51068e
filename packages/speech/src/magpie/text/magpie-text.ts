import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { memberPath } from "@parley/nemo-onnx/archive/member-path";
import { parseModelConfig } from "@parley/nemo-onnx/checkpoint/model-config";
import { ModelError } from "@parley/nemo-onnx/errors";
import { AppError, errorMessage } from "@parley/shared/errors";
import { createTokenizer } from "./tokenizers/create-tokenizer";
import { exceedsWindow } from "./sentences/exceeds-window";
import { languageTokenizers } from "./languages";
import { splitSentences } from "./sentences/split-sentences";
import { parseTextConfig } from "./text-config";
import type { Tokenizer, TokenizerWithoutLexicon } from "./tokenizers/tokenizer";
import { versionedDefaults } from "./tokenizers/versioned-defaults";
import { strip } from "./white-space";

/** Source of a model's text front end; an opened `Checkpoint` is one. */
export type MagpieTextSource = {
  /** The file's path, for messages. */
  readonly file: string;
  /** `model_config.yaml`, parsed. */
  readonly config: unknown;
  /** @param name as in the configuration, with or without `nemo:` */
  readMember(name: string): Promise<Uint8Array>;
};

/** A part of a text that is spoken in one piece. */
export type MagpieTextChunk = {
  /** The text as it is spoken; sentences of a long text may differ slightly from the input. */
  readonly text: string;
  /** Token ids, with the end id. */
  readonly ids: number[];
};

type PlacedTokenizer = {
  readonly tokenizer: Tokenizer | TokenizerWithoutLexicon;
  /** The tokenizer's first id in the model. */
  readonly offset: number;
};

/**
 * The text front end of a Magpie model: text to the ids of its text embedding. The vocabularies of
 * all its tokenizers follow one another, in the order of the configuration, and then two ids: begin,
 * which is unused, and end (NeMo's `AggregatedTTSTokenizer`, `MagpieTTSModel`).
 *
 * Numbers must be spelled out before, since most tokenizers drop digits.
 */
export class MagpieText {
  /** Number of ids, and of rows of the text embedding: those of all tokenizers and two more. */
  readonly size: number;
  /** Tags of the languages that `encode` takes, such as "en" and "pt-BR". */
  readonly languages: readonly string[];
  readonly #languages: ReadonlyMap<string, PlacedTokenizer>;

  private constructor(languages: ReadonlyMap<string, PlacedTokenizer>, size: number) {
    this.size = size;
    this.#languages = languages;
    this.languages = [...languages]
      .filter(([, { tokenizer }]) => tokenizer.type === "tokenizer")
      .map(([language]) => language);
  }

  /**
   * Reads the folder of a converted model: `model_config.yaml`, and the dictionaries beside it.
   *
   * @throws AppError `model-mismatch` for unreadable and missing files and for unknown tokenizers
   */
  static async open(directory: string): Promise<MagpieText> {
    const file = join(directory, "model_config.yaml");
    const read = (name: string) =>
      readFile(join(directory, memberPath(directory, name.replace(/^nemo:/, ""))));
    const config = await orMismatch(file, async () =>
      parseModelConfig((await readFile(file)).toString("utf8"), file),
    );
    return MagpieText.from({ file, config, readMember: read });
  }

  /** @throws AppError `model-mismatch`, as `open` */
  static async from(source: MagpieTextSource): Promise<MagpieText> {
    const { file } = source;
    const text = parseTextConfig(source.config, file);
    const defaults = versionedDefaults(text.nemo_version);
    const readText = (name: string) =>
      // Like NeMo, keeps a byte order mark: its line is then no entry.
      orMismatch(`${file}: ${name}`, async () =>
        new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
          await source.readMember(name),
        ),
      );
    const tokenizers = new Map<string, PlacedTokenizer>();
    let offset = 0;
    for (const [name, tokenizerConfig] of Object.entries(text.text_tokenizers)) {
      const label = `${file}: ${name}`;
      const tokenizer = await createTokenizer(label, tokenizerConfig, { defaults, readText });
      tokenizers.set(name, { tokenizer, offset });
      offset += tokenizer.size;
    }
    const names = new Set(tokenizers.keys());
    const languages = new Map<string, PlacedTokenizer>();
    for (const [language, name] of languageTokenizers(text.language_to_tokenizer_mapping, names)) {
      const tokenizer = tokenizers.get(name);
      if (tokenizer !== undefined) languages.set(language, tokenizer);
    }
    return new MagpieText(languages, offset + 2);
  }

  /** The id that ends each chunk. */
  get endId(): number {
    return this.size - 1;
  }

  /**
   * Encodes a text. Words are looked up in the dictionary, unknown ones are spelled by letter, and
   * characters without a symbol are dropped. The first text in a language reads its dictionary.
   *
   * @returns ids without the end id; none when the model has symbols for spaces only
   * @throws AppError `invalid-request` for a language that the model does not speak, or whose
   *   lexicon is missing
   */
  encode(text: string, language: string): number[] {
    const { tokenizer, offset } = this.#require(language);
    return tokenizer.encode(text).map((id) => offset + id);
  }

  /**
   * Cuts a text for the model: whole, or by sentence if it lasts longer than about twenty seconds
   * (NeMo's `chunk_text_for_inference`). Chunks without anything to speak are dropped, so there may
   * be none.
   *
   * @throws AppError `invalid-request`, as `encode`
   */
  chunks(text: string, language: string): MagpieTextChunk[] {
    const silence = this.encode("", language);
    const parts = exceedsWindow(text, language) ? splitSentences(text, language) : [text];
    return parts
      .filter((part) => strip(part) !== "")
      .map((part) => ({ text: part, ids: this.encode(part, language) }))
      .filter(({ ids }) => ids.length > silence.length)
      .map((chunk) => ({ text: chunk.text, ids: [...chunk.ids, this.endId] }));
  }

  #require(language: string): { tokenizer: Tokenizer; offset: number } {
    const { tokenizer, offset } = this.#languages.get(language) ?? {};
    if (tokenizer === undefined || offset === undefined) {
      throw new AppError(
        "invalid-request",
        `The voice model does not speak ${language}, but ${this.languages.join(", ")}`,
      );
    }
    if (tokenizer.type === "without-lexicon") {
      throw new AppError(
        "invalid-request",
        `${language} cannot be spoken: ${tokenizer.lexicon} is not there`,
      );
    }
    return { tokenizer, offset };
  }
}

async function orMismatch<Value>(name: string, read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason = error instanceof ModelError ? error.message : `${name}: ${errorMessage(error)}`;
    throw new AppError("model-mismatch", reason, { cause: error });
  }
}
