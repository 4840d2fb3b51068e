import { LastingRecognizer } from "../recognition/lasting-recognizer";
import type { RecognizerHost } from "../recognition/recognizer-host";
import type { OnRemark } from "../runtime/device/engine-launch";
import { openTransducer } from "../transducer/open-transducer";
import type { RecognizerChoice } from "./recognizer-choice";
import { openWitnessedMoonshine } from "./witnessed-moonshine";

/**
 * Opens the engine of the choice, for a `LastingRecognizer`. Rejects with `model-mismatch`.
 *
 * @param onRemark is told when a device fails later
 */
export function openRecognizerHost(
  choice: RecognizerChoice,
  signal?: AbortSignal,
  onRemark?: OnRemark,
): Promise<RecognizerHost> {
  switch (choice.type) {
    case "transducer":
      return openTransducer(choice.settings, signal, onRemark);
    case "moonshine":
      return openWitnessedMoonshine(choice.settings, signal, onRemark);
  }
}

/** Opens a recogniser. Rejects with `model-mismatch` when its model cannot run. */
export async function openRecognizer(
  choice: RecognizerChoice,
  signal?: AbortSignal,
  onRemark?: OnRemark,
): Promise<LastingRecognizer> {
  return new LastingRecognizer(await openRecognizerHost(choice, signal, onRemark));
}
