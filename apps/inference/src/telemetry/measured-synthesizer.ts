import type { Clock } from "@parley/shared/async/clock";
import type { SynthesisPart, Synthesizer } from "@parley/speech/contracts/synthesizer";
import type { InferenceMetrics } from "./inference-metrics";
import { overlaid } from "./overlaid";

/** Measures a voice from outside: how long its sound is waited for, by the length of the sound. */
export function measuredSynthesizer(
  synthesizer: Synthesizer,
  metrics: InferenceMetrics,
  clock: Clock,
): Synthesizer {
  return overlaid(synthesizer, {
    speak: (request) => {
      const { sampleRate } = synthesizer;
      return measuredSpeech(synthesizer.speak(request), { sampleRate, metrics, clock });
    },
  });
}

/** Passes the parts on. Only waits for the voice count, not those for whoever listens. */
async function* measuredSpeech(
  speech: AsyncIterable<SynthesisPart>,
  options: { sampleRate: number; metrics: InferenceMetrics; clock: Clock },
): AsyncGenerator<SynthesisPart, void, void> {
  const { sampleRate, metrics, clock } = options;
  let isFirstSound = true;
  let clause = { waitedMs: 0, samples: 0 };
  let waitingSinceMs = clock.now();
  for await (const part of speech) {
    clause.waitedMs += clock.now() - waitingSinceMs;
    switch (part.type) {
      case "clause-start":
        // Waits until here were for the text.
        clause = { waitedMs: 0, samples: 0 };
        break;
      case "audio":
        if (isFirstSound) metrics.synthesisFirstSound.observe(clause.waitedMs / 1_000);
        isFirstSound = false;
        clause.samples += part.samples.length;
        metrics.synthesisSound.inc(part.samples.length / sampleRate);
        break;
      case "clause-end":
        if (clause.samples > 0) {
          const soundMs = (clause.samples * 1_000) / sampleRate;
          metrics.synthesisRealTimeFactor.observe(clause.waitedMs / soundMs);
        }
        break;
      case "error":
        metrics.synthesisFailures.inc();
        break;
    }
    yield part;
    waitingSinceMs = clock.now();
  }
}
