import type { Synthesizer } from "../contracts/synthesizer";
import type { VoiceActivityDetector } from "../contracts/voice-activity-detector";
import type { LastingRecognizer } from "../recognition/lasting-recognizer";
import type { OnRemark } from "../runtime/device/engine-launch";
import { SileroDetector } from "../silero/silero-detector";
import { openRecognizer } from "./open-recognizer";
import { openSynthesizer, type VoiceChoice } from "./open-synthesizer";
import type { RecognizerChoice } from "./recognizer-choice";

export type SpeechChoice = { recognizer: RecognizerChoice; voice: VoiceChoice };

/** The models that hear and speak. */
export type SpeechModels = {
  recognizer: LastingRecognizer;
  voiceActivityDetector: VoiceActivityDetector;
  synthesizer: Synthesizer;
  /**
   * Ends all three; to be awaited before the process exits, since a thread torn down within native
   * code ends it with a crash. Idempotent.
   */
  close(): Promise<void>;
};

/**
 * Starts the three beside each other, each in a thread of its own or on another machine. When one
 * cannot start, or `signal` aborts, the others are closed.
 *
 * @param onRemark is told when a device fails later
 */
export async function openSpeech(
  { recognizer, voice }: SpeechChoice,
  signal: AbortSignal,
  onRemark?: OnRemark,
): Promise<SpeechModels> {
  const starts = [
    openRecognizer(recognizer, signal, onRemark),
    // Its graph is far too small to gain from a second thread.
    SileroDetector.open({ threads: 1 }, signal),
    openSynthesizer(voice, signal, onRemark),
  ] as const;
  try {
    const [recognizer, voiceActivityDetector, synthesizer] = await Promise.all(starts);
    const close = async () => {
      await Promise.all([recognizer.close(), voiceActivityDetector.close(), synthesizer.close()]);
    };
    return { recognizer, voiceActivityDetector, synthesizer, close };
  } catch (error) {
    for (const started of await Promise.allSettled(starts)) {
      if (started.status === "fulfilled") await started.value.close();
    }
    throw error;
  }
}
