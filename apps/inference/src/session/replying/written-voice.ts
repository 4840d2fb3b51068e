import type {
  SynthesisPart,
  SynthesisRequest,
  Synthesizer,
} from "@parley/speech/contracts/synthesizer";
import { voiceDescription } from "./voice-description";

/** Voice of replies that are read: each clause has an empty sound. */
export function writtenVoice(voice: Synthesizer): Synthesizer {
  return { ...voiceDescription(voice), speak: written, close: () => Promise.resolve() };
}

async function* written({ clauses, signal }: SynthesisRequest): AsyncGenerator<SynthesisPart> {
  for await (const text of clauses) {
    if (signal.aborted) return;
    yield { type: "clause-start", text };
    yield { type: "audio", samples: new Int16Array(0) };
    yield { type: "clause-end" };
  }
}
