import type {
  SynthesisPart,
  SynthesisRequest,
  Synthesizer,
} from "@parley/speech/contracts/synthesizer";

/** Voice of replies that are read: each clause has an empty sound. */
export function writtenVoice(voice: Synthesizer): Synthesizer {
  return { ...descriptionOf(voice), speak: written, close: () => Promise.resolve() };
}

function descriptionOf(voice: Synthesizer): Omit<Synthesizer, "speak" | "close"> {
  const { name, voices, sampleRate } = voice;
  const languages = voice.languages === undefined ? {} : { languages: voice.languages };
  return { name, voices, sampleRate, ...languages };
}

async function* written({ clauses, signal }: SynthesisRequest): AsyncGenerator<SynthesisPart> {
  for await (const text of clauses) {
    if (signal.aborted) return;
    yield { type: "clause-start", text };
    yield { type: "audio", samples: new Int16Array(0) };
    yield { type: "clause-end" };
  }
}
