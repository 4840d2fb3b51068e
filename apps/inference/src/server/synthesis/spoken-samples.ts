import type { SynthesisRequest, Synthesizer } from "@parley/speech/contracts/synthesizer";

export type TextRequest = Omit<SynthesisRequest, "clauses"> & { text: string };

/**
 * Synthesises one text.
 *
 * @throws errors that the synthesiser reports; the signal's reason
 */
export async function* spokenSamples(
  synthesizer: Synthesizer,
  { text, ...request }: TextRequest,
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
