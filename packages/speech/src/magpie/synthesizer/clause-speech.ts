import { AppError } from "@parley/shared/errors";
import { toSpoken } from "../../spoken/to-spoken";
import type { MagpieEngine } from "../engine/magpie-engine";
import type { MagpiePart } from "../engine/speech-request";
import type { MagpieText } from "../text/magpie-text";
import { fittingChunks } from "./fitting-chunks";
import type { SpokenClause } from "./magpie-calls";
import { toPcm } from "./pcm";

/** A clause's sound, asked for piece by piece and made meanwhile. */
export class ClauseSpeech {
  readonly #stopping = new AbortController();
  readonly #parts: AsyncIterator<MagpiePart, void> | null;

  /** @throws AppError `invalid-request` for a language that cannot be spoken */
  constructor(clause: SpokenClause, { engine, text }: { engine: MagpieEngine; text: MagpieText }) {
    const { language, voice, seed, temperature, quality } = clause;
    const { maxTextPositions, inference } = engine.manifest;
    const longest = maxTextPositions - inference.historyLength;
    const chunks = fittingChunks(toSpoken(clause.text, { language }), {
      front: text,
      language,
      longest,
    });
    this.#parts =
      chunks.length === 0
        ? null
        : engine.synthesize({
            chunks,
            voice,
            seed,
            temperature,
            isGreedy: temperature === 0,
            hasCache: true,
            quality,
            signal: this.#stopping.signal,
          });
  }

  /** @returns null once everything was said */
  async next(): Promise<Int16Array<ArrayBuffer> | null> {
    const next = await this.#parts?.next();
    const part = next === undefined || next.done === true ? null : next.value;
    return part?.type === "audio" ? toPcm(part.samples) : null;
  }

  /** Idempotent. */
  stop(): void {
    this.#stopping.abort(new AppError("invalid-state", "The clause was stopped."));
  }
}
