import { Speech } from "../../e2e/support/speech";
import { utterances, voices } from "./utterances";

/** The sentences in order, again from the first when there are more turns, by voices in turn. */
export async function synthesisedSpeech(turns: number, signal: AbortSignal): Promise<Int16Array[]> {
  const speech = await Speech.open(signal);
  const spoken: Int16Array[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const text = utterances[turn % utterances.length] ?? "";
    const voice = voices[turn % voices.length] ?? "rms";
    spoken.push(await speech.say(text, voice, signal));
  }
  await speech.close();
  return spoken;
}
