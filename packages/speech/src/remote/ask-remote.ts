import { earFor } from "./recognition/ear-for";
import type { RemoteRecognizerSettings } from "./recognition/remote-recognizer-settings";
import { describeVoice } from "./describe-voice";
import type { RemoteSettings } from "./remote-settings";

/**
 * Asks another machine once, without patience, what hears there.
 *
 * @returns the engine's name
 * @throws AppError `agent-unavailable` or `timeout` that names the machine; the signal's reason
 */
export async function askRemoteRecognizer(
  settings: RemoteRecognizerSettings,
  signal: AbortSignal,
): Promise<string> {
  const ear = earFor(settings);
  try {
    return (await ear.describe(signal)).engine;
  } finally {
    ear.close();
  }
}

/**
 * Asks another machine once what speaks there. OpenAI's own service does not say so: whatever
 * answers counts.
 *
 * @returns the engine's name
 * @throws AppError as `askRemoteRecognizer` does
 */
export async function askRemoteVoice(
  settings: RemoteSettings,
  signal: AbortSignal,
): Promise<string> {
  return (await describeVoice(settings, signal)).engine;
}
