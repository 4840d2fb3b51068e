import { childController } from "@parley/shared/async/abort";
import type { SynthesisPart } from "../contracts/synthesizer";
import { readAhead } from "./read-ahead";

export type DeliveryOptions = {
  /** Of the request: once it is aborted, the parts end without an error. */
  signal: AbortSignal;
  /** Parts made before they are asked for, so that the next clause follows without a gap. */
  partsAhead: number;
};

/**
 * Delivers a reply's parts as a `Synthesizer` must: made ahead, silent after an abort, and with any
 * other failure as the last part.
 *
 * @param partsOf makes the parts. Its controller is aborted with the request, and also when the
 *   consumer stops reading, so that the engine is freed in both cases
 */
export async function* deliverParts(
  { signal, partsAhead }: DeliveryOptions,
  partsOf: (controller: AbortController) => AsyncGenerator<SynthesisPart, void, void>,
): AsyncGenerator<SynthesisPart, void, void> {
  const controller = childController(signal);
  try {
    yield* readAhead(partsOf(controller), partsAhead, controller.signal);
  } catch (error) {
    // An abort is not an error, whatever was thrown because of it.
    if (signal.aborted) return;
    yield { type: "error", error: error instanceof Error ? error : new Error(String(error)) };
  } finally {
    controller.abort();
  }
}
