import { join } from "node:path";
import { ThreadedRecognizer } from "../asr/recognizer/threaded-recognizer";
import type { Recognizer } from "../contracts/recognizer";
import type { Synthesizer } from "../contracts/synthesizer";
import type { VoiceActivityDetector } from "../contracts/voice-activity-detector";
import { FliteSynthesizer } from "../tts/flite-synthesizer";
import { SileroDetector } from "../vad/silero-detector";

export type SpeechEnginesSettings = {
  /** The folder that holds `builtin/`; see runtime/models-directory.ts. */
  modelsDirectory: string;
  /** The recogniser's look-ahead in frames of 80 ms; 1 unless given, for chunks of 160 ms. */
  rightContext?: number;
  /** Threads that one operator of the recogniser may use; 1 unless given. */
  threads?: number;
  /** Aborting ends the start. */
  signal: AbortSignal;
};

/** Everything that hears and speaks. */
export type SpeechEngines = {
  recognizer: Recognizer;
  voiceActivityDetector: VoiceActivityDetector;
  synthesizer: Synthesizer;
  /**
   * Ends all three; to be awaited before the process exits, since a thread torn down within native
   * code ends it with a crash. Idempotent.
   */
  close(): Promise<void>;
};

/** Starts the three engines beside each other, each in a thread of its own. */
export async function openSpeechEngines(settings: SpeechEnginesSettings): Promise<SpeechEngines> {
  const { modelsDirectory, rightContext = 1, threads = 1, signal } = settings;
  const directory = join(modelsDirectory, "builtin");
  const starts = [
    ThreadedRecognizer.open({ directory, rightContext, threads }, signal),
    // Its graph is far too small to gain from a second thread.
    SileroDetector.open({ threads: 1 }, signal),
    FliteSynthesizer.open(signal),
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
