import type {
  VoiceActivityDetector,
  VoiceActivityStream,
} from "@parley/speech/contracts/voice-activity-detector";
import { speechRate } from "@parley/shared/audio/speech-rate";

/** Probability from which a window counts as speech. */
const threshold = 0.5;

/**
 * Voice activity that calls out as soon as anybody has spoken that long without a break: the way in
 * which a bot is interrupted that takes any sound of speech for it.
 */
export function rashDetector(
  inner: VoiceActivityDetector,
  speechMs: number,
  onSpeech: () => void,
): VoiceActivityDetector {
  const windowMs = (1_000 * inner.windowSamples) / speechRate;
  const open = (): VoiceActivityStream => {
    const stream = inner.open();
    let spokenMs = 0;
    return {
      step: async (window) => {
        const probability = await stream.step(window);
        spokenMs = probability >= threshold ? spokenMs + windowMs : 0;
        if (spokenMs >= speechMs) onSpeech();
        return probability;
      },
      reset: () => {
        stream.reset();
      },
      close: () => {
        stream.close();
      },
    };
  };
  return { windowSamples: inner.windowSamples, open };
}
