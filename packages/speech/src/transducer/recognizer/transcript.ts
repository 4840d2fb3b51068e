import type { HeardEnding, Recognition, RecognizedToken } from "../../contracts/recognizer";
import type { DecodedToken, FrameToken } from "../decoding/transducer-search";
import { toWords } from "../decoding/words";
import { encoderFrameMs } from "../frame-rates";
import { emptyText, toText, type PartialText, type Detokenizer } from "../tokenizer/detokenizer";

/** The tokens of one stream since its last reset, and the text they make. */
export class Transcript {
  readonly #tokenizer: Detokenizer;
  #tokens: FrameToken[] = [];
  #text: PartialText = emptyText;
  /** Encoder frames worked through. */
  #frames = 0;
  #endings: HeardEnding[] = [];
  /** Tentative tokens: part of the text so far, never of a final recognition. */
  #tentative: readonly number[] = [];

  constructor(tokenizer: Detokenizer) {
    this.#tokenizer = tokenizer;
  }

  get text(): string {
    let text = this.#text;
    for (const id of this.#tentative) text = this.#tokenizer.append(text, id);
    return toText(text);
  }

  /**
   * @param tokens tokens of a block, with frames counted from its first
   * @param frames encoder frames in the block
   * @param tentative tokens of the sound behind the block, which may still change
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
      this.#endings.push({ type, atMs: at * encoderFrameMs, probability });
      hasEnded ||= type === "end-of-utterance";
    }
    this.#frames += frames;
    this.#tentative = tentative.map(({ id }) => id);
    return hasEnded;
  }

  /** Endings since the last call. */
  takeEndings(): readonly HeardEnding[] {
    return this.#endings.splice(0);
  }

  /** Independent copy of the settled tokens; endings stay with the original. */
  fork(): Transcript {
    const copy = new Transcript(this.#tokenizer);
    copy.#tokens = [...this.#tokens];
    copy.#text = this.#text;
    copy.#frames = this.#frames;
    return copy;
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
  return { id, startMs: frame * encoderFrameMs, durationMs: duration * encoderFrameMs, confidence };
}
