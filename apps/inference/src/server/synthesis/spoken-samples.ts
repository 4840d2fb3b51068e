import type { SynthesisRequest, Synthesizer } from "@parley/speech/contracts/synthesizer";

export type SpokenText = Omit<SynthesisRequest, "clauses"> & { text: string };

/**
 * The sound of one text, as the synthesiser makes it.
 *
 * @throws what the synthesiser tells as an error; the signal's reason
 */
export async function* spokenSamples(
  synthesizer: Synthesizer,
  { text, ...request }: SpokenText,
): AsyncGenerator<Int16Array, void, void> {
  for await (const part of synthesizer.speak({ ...request, clauses: clausesOf(text) })) {
    if (part.type === "error") throw part.error;
    if (part.type === "audio") yield part.samples;
  }
  request.signal.throwIfAborted();
}

async function* clausesOf(text: string): AsyncGenerator<string> {
  if (text.trim() !== "") yield await Promise.resolve(text);
}
