import type { HeardEnding, Recognition, RecognizedToken } from "../../contracts/recognizer";
import type { DecodedToken, FrameToken } from "../decoding/transducer-search";
import { frameMs, toWords } from "../decoding/words";
import { emptyText, toText, type PartialText, type Tokenizer } from "../tokenizer/tokenizer";

/** What a transcript is made of; plain data. */
export type TranscriptState = {
  readonly tokens: readonly FrameToken[];
  readonly text: PartialText;
  readonly frames: number;
};

/** The tokens of one stream since its last reset, and the text they make. */
export class Transcript {
  readonly #tokenizer: Tokenizer;
  #tokens: FrameToken[];
  #text: PartialText;
  /** Encoder frames worked through. */
  #frames: number;
  #endings: HeardEnding[] = [];
  /** What may still be revised: shown, and told to nobody for good. */
  #tentative: readonly number[] = [];

  constructor(tokenizer: Tokenizer, state?: TranscriptState) {
    this.#tokenizer = tokenizer;
    this.#tokens = [...(state?.tokens ?? [])];
    this.#text = state?.text ?? emptyText;
    this.#frames = state?.frames ?? 0;
  }

  get text(): string {
    let text = this.#text;
    for (const id of this.#tentative) text = this.#tokenizer.append(text, id);
    return toText(text);
  }

  get state(): TranscriptState {
    return { tokens: [...this.#tokens], text: this.#text, frames: this.#frames };
  }

  /**
   * @param tokens of a block, their frames counted from its first
   * @param frames encoder frames of the block
   * @param tentative what the sound behind the block would add
   * @returns true when the block ended an utterance
   */
  append(
    tokens: readonly DecodedToken[],
    frames: number,
    tentative: readonly DecodedToken[] = [],
  ): boolean {
    let hasEnded = false;
    for (const { id, frame, duration, confidence, probability } of tokens) {
      const at = this.#frames + frame;
      this.#tokens.push({ id, frame: at, duration, confidence });
      this.#text = this.#tokenizer.append(this.#text, id);
      const type = this.#tokenizer.endingOf(id);
      if (type === null) continue;
      this.#endings.push({ type, atMs: at * frameMs, probability });
      hasEnded ||= type === "end-of-utterance";
    }
    this.#frames += frames;
    this.#tentative = tentative.map(({ id }) => id);
    return hasEnded;
  }

  /** Endings heard since they were asked for last. */
  takeEndings(): readonly HeardEnding[] {
    return this.#endings.splice(0);
  }

  fork(): Transcript {
    return new Transcript(this.#tokenizer, this.state);
  }

  toRecognition(): Recognition {
    return {
      text: toText(this.#text),
      tokens: this.#tokens.map(toRecognizedToken),
      words: toWords(this.#tokens, this.#tokenizer),
    };
  }
}

function toRecognizedToken({ id, frame, duration, confidence }: FrameToken): RecognizedToken {
  return { id, startMs: frame * frameMs, durationMs: duration * frameMs, confidence };
}
