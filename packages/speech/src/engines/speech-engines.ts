import { join } from "node:path";
import type { Recognizer } from "../contracts/recognizer";
import type { Synthesizer } from "../contracts/synthesizer";
import type { VoiceActivityDetector } from "../contracts/voice-activity-detector";
import { SileroDetector } from "../silero/silero-detector";
import { openAgentRecognizer, type AgentRecognizerSettings } from "./agent-recognizer";
import { openAgentSynthesizer, type VoiceChoice } from "./agent-synthesizer";

export type SpeechEnginesSettings = {
  /** The folder that holds `builtin/`; see packages/models/src/find-models-directory.ts. */
  modelsDirectory: string;
  /** What differs from the built-in recogniser as agents use it. */
  recognizer?: Partial<AgentRecognizerSettings>;
  /** Flite unless given. */
  voice?: VoiceChoice;
  /** Aborting ends the start. */
  signal: AbortSignal;
};

/** Everything that hears and speaks. */
export type SpeechEngines = {
  recognizer: Recognizer;
  voiceActivityDetector: VoiceActivityDetector;
  synthesizer: Synthesizer;
  /** What an operator should know of the models: a fallback taken, a guess not made. */
  remarks: readonly string[];
  /**
   * Ends all three; to be awaited before the process exits, since a thread torn down within native
   * code ends it with a crash. Idempotent.
   */
  close(): Promise<void>;
};

/** Starts the three engines beside each other, each in a thread of its own or on another machine. */
export async function openSpeechEngines(settings: SpeechEnginesSettings): Promise<SpeechEngines> {
  const { modelsDirectory, recognizer, voice = { type: "flite" }, signal } = settings;
  const model = join(modelsDirectory, "builtin");
  const starts = [
    openAgentRecognizer({ model, ...recognizer }, signal),
    // Its graph is far too small to gain from a second thread.
    SileroDetector.open({ threads: 1 }, signal),
    openAgentSynthesizer(voice, signal),
  ] as const;
  try {
    const [recognizer, voiceActivityDetector, synthesizer] = await Promise.all(starts);
    const close = async () => {
      await Promise.all([recognizer.close(), voiceActivityDetector.close(), synthesizer.close()]);
    };
    const { remarks } = recognizer;
    return { recognizer, voiceActivityDetector, synthesizer, remarks, close };
  } catch (error) {
    for (const started of await Promise.allSettled(starts)) {
      if (started.status === "fulfilled") await started.value.close();
    }
    throw error;
  }
}
