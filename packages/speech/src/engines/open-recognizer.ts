import { LastingRecognizer } from "../recognition/lasting-recognizer";
import type { RecognizerHost } from "../recognition/recognizer-host";
import { openTransducer } from "../transducer/open-transducer";
import type { RecognizerChoice } from "./recognizer-choice";
import { openWitnessedMoonshine } from "./witnessed-moonshine";

/** Opens the engine of the choice, for a `LastingRecognizer`. Rejects with `model-mismatch`. */
export function openRecognizerHost(
  choice: RecognizerChoice,
  signal?: AbortSignal,
): Promise<RecognizerHost> {
  switch (choice.type) {
    case "transducer":
      return openTransducer(choice.settings, signal);
    case "moonshine":
      return openWitnessedMoonshine(choice.settings, signal);
  }
}

/** Opens a recogniser. Rejects with `model-mismatch` when its model cannot run. */
export async function openRecognizer(
  choice: RecognizerChoice,
  signal?: AbortSignal,
): Promise<LastingRecognizer> {
  return new LastingRecognizer(await openRecognizerHost(choice, signal));
}
