import { LastingRecognizer } from "../recognition/lasting-recognizer";
import type { RecognizerHost } from "../recognition/recognizer-host";
import { openTransducer } from "../transducer/open-transducer";
import type { RecognizerChoice } from "./recognizer-choice";

/** Opens the engine of the choice, for a `LastingRecognizer`. Rejects with `model-mismatch`. */
export function openRecognizerHost(
  choice: RecognizerChoice,
  signal?: AbortSignal,
): Promise<RecognizerHost> {
  // With a second engine this becomes a switch over `choice.type`, as in `openSynthesizer`.
  return openTransducer(choice.settings, signal);
}

/** Opens a recogniser. Rejects with `model-mismatch` when its model cannot run. */
export async function openRecognizer(
  choice: RecognizerChoice,
  signal?: AbortSignal,
): Promise<LastingRecognizer> {
  return new LastingRecognizer(await openRecognizerHost(choice, signal));
}
