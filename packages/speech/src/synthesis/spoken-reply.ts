import { childController } from "@parley/shared/async/abort";
import type { SynthesisPart } from "../contracts/synthesizer";
import { readAhead } from "./read-ahead";

/** Parts fetched before they are asked for: about a second of sound, so that clauses follow close. */
const partsAhead = 4;

/**
 * A reply as a `Synthesizer` gives it: fetched ahead, quiet after an abort, and with any other
 * failure as its last part.
 *
 * @param partsOf the parts; `leaving` is aborted once nobody listens: a consumer that leaves frees
 *   the engine as one that aborts
 */
export async function* spokenReply(
  signal: AbortSignal,
  partsOf: (leaving: AbortController) => AsyncGenerator<SynthesisPart, void, void>,
): AsyncGenerator<SynthesisPart, void, void> {
  const leaving = childController(signal);
  try {
    yield* readAhead(partsOf(leaving), partsAhead, leaving.signal);
  } catch (error) {
    // However it surfaced: what follows an abort is of no interest.
    if (signal.aborted) return;
    yield { type: "error", error: error instanceof Error ? error : new Error(String(error)) };
  } finally {
    leaving.abort();
  }
}
