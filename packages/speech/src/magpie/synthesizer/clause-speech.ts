import { AppError } from "@parley/shared/errors";
import { toSpoken } from "../../spoken/to-spoken";
import { toPcm } from "../../synthesis/to-pcm";
import type { MagpiePart } from "../engine/magpie-request";
import type { OpenedMagpie } from "../engine/open-magpie";
import { fittingChunks } from "./fitting-chunks";
import type { ClauseRequest } from "./magpie-calls";

/** The sound of one clause, made while its pieces are taken. */
export class ClauseSpeech {
  readonly #stopping = new AbortController();
  readonly #parts: AsyncIterator<MagpiePart, void> | null;

  /** @throws AppError `invalid-request` for a language that the model does not speak */
  constructor(clause: ClauseRequest, { engine, text }: OpenedMagpie) {
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

  /** @returns the next piece; null at the end */
  async next(): Promise<Int16Array<ArrayBuffer> | null> {
    const next = await this.#parts?.next();
    const part = next === undefined || next.done === true ? null : next.value;
    return part?.type === "audio" ? toPcm(part.samples) : null;
  }

  /** Frees the engine. Idempotent. */
  stop(): void {
    this.#stopping.abort(new AppError("invalid-state", "The clause was stopped."));
  }
}
