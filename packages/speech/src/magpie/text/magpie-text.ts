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

/** Where a model's text front end is read from; an opened `Checkpoint` is one. */
export type MagpieTextSource = {
  /** For messages. */
  readonly file: string;
  /** `model_config.yaml`, parsed. */
  readonly config: unknown;
  /** @param name as in the configuration, with or without `nemo:` */
  readMember(name: string): Promise<Uint8Array>;
};

/** A stretch of text that is spoken in one go. */
export type MagpieTextChunk = {
  /** As it is read out; sentences of a long text may differ a little from how they were given. */
  readonly text: string;
  /** With the end id. */
  readonly ids: number[];
};

type PlacedTokenizer = {
  readonly tokenizer: Tokenizer | TokenizerWithoutLexicon;
  /** Its first id in the model. */
  readonly offset: number;
};

/**
 * The text front end of a Magpie model: text to the ids of its text embedding. The vocabularies of
 * all its tokenizers lie one behind the other, in the order of the configuration, and two ids
 * follow: begin, which nothing uses, and end (NeMo's `AggregatedTTSTokenizer`, `MagpieTTSModel`).
 *
 * Numbers are not spelled out here: most tokenizers drop digits, so that has to be done before.
 */
export class MagpieText {
  /** Rows that the text embedding must have: the ids of all tokenizers and the two behind them. */
  readonly size: number;
  /** Languages that can be spoken, such as "en" and "pt-BR"; `encode` knows them by these names. */
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
      // NeMo keeps a byte order mark, too: the line that it begins is no entry then.
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

  /** The id behind each chunk. */
  get endId(): number {
    return this.size - 1;
  }

  /**
   * Words are looked up; those that are not there are spelled by letter, and what the model has no
   * symbol for is left out. The first text in a language reads its dictionary.
   *
   * @returns ids without the end id; none when the model has a symbol for nothing but spaces
   * @throws AppError `invalid-request` for a language that the model does not speak, or whose
   *   lexicon is missing
   */
  encode(text: string, language: string): number[] {
    const { tokenizer, offset } = this.#require(language);
    return tokenizer.encode(text).map((id) => offset + id);
  }

  /**
   * A text as the model can take it in: whole, or by sentence once it would last beyond some twenty
   * seconds (NeMo's `chunk_text_for_inference`). Chunks in which nothing can be spoken are left out,
   * so there may be none.
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
