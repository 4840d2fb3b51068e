import { LastingRecognizer } from "../recognition/lasting-recognizer";
import type { RecognizerHost } from "../recognition/recognizer-host";
import { RemoteRecognizerHost } from "../remote/recognition/remote-recognizer-host";
import type { OnRemark } from "../runtime/device/engine-launch";
import { openTransducer } from "../transducer/open-transducer";
import type { RecognizerChoice } from "./recognizer-choice";
import { openWitnessedMoonshine } from "./witnessed-moonshine";

/**
 * Opens the engine of the choice, for a `LastingRecognizer`. Rejects with `model-mismatch`, or with
 * `agent-unavailable` or `timeout` when another machine does not answer.
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
    case "remote":
      return RemoteRecognizerHost.open(choice.settings, signal);
  }
}

/** Opens a recogniser. Rejects as `openRecognizerHost` does. */
export async function openRecognizer(
  choice: RecognizerChoice,
  signal?: AbortSignal,
  onRemark?: OnRemark,
): Promise<LastingRecognizer> {
  return new LastingRecognizer(await openRecognizerHost(choice, signal, onRemark));
}
