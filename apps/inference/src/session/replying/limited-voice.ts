import type {
  SynthesisPart,
  SynthesisRequest,
  Synthesizer,
} from "@parley/speech/contracts/synthesizer";
import type { TokenBudget } from "./token-budget";
import { voiceDescription } from "./voice-description";

/** Voice that falls silent once a reply's tokens are used up. */
export function limitedVoice(voice: Synthesizer, limit: VoiceLimit): Synthesizer {
  return {
    ...voiceDescription(voice),
    speak: (request) => limited(voice, request, limit),
    close: () => Promise.resolve(),
  };
}

type VoiceLimit = {
  budget: TokenBudget;
  /** The text is read, and may end after any word; a clause that is spoken begins whole or not. */
  isWritten: boolean;
  /** Told once: the reply ends here. */
  onSpent: () => void;
};

async function* limited(
  voice: Synthesizer,
  request: SynthesisRequest,
  { budget, isWritten, onSpent }: VoiceLimit,
): AsyncGenerator<SynthesisPart> {
  // Asked anew each time: the compiler believes what it saw before.
  const isSpent = () => budget.isSpent;
  // The clauses of a reply may be spoken in two goes.
  if (isSpent()) return;
  for await (const part of voice.speak(request)) {
    if (part.type === "clause-start") {
      const text = budget.takeText(part.text);
      if (text === part.text) yield part;
      else if (isWritten && text !== "") yield* lastWords(text);
    } else if (part.type === "audio") {
      yield { type: "audio", samples: taken(part.samples, voice.sampleRate, budget) };
      if (isSpent()) yield { type: "clause-end" };
    } else yield part;
    if (!isSpent()) continue;
    onSpent();
    return;
  }
}

function taken(samples: Int16Array, sampleRate: number, budget: TokenBudget): Int16Array {
  const takenMs = budget.takeSound((samples.length * 1_000) / sampleRate);
  return budget.isSpent ? samples.subarray(0, Math.floor((takenMs * sampleRate) / 1_000)) : samples;
}

function* lastWords(text: string): Generator<SynthesisPart, void, void> {
  yield { type: "clause-start", text };
  yield { type: "audio", samples: new Int16Array(0) };
  yield { type: "clause-end" };
}
