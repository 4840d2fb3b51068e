import { joinSamples } from "@parley/audio/join-samples";
import { Speech } from "../../e2e/support/speech";

const sentences = [
  "what is four times eleven",
  "tell me a joke about a fox and a writer, and then another one about the sea",
  "i have a flight at twelve o'clock in the evening",
  "what's the temperature in manila today, and will it rain tomorrow",
  "please write down that the meeting has been moved to thursday afternoon",
];

/** Half a minute of speech in two voices, with the pauses of a conversation. 16 kHz. */
export async function synthesiseSpeech(): Promise<Int16Array> {
  const { signal } = new AbortController();
  const speech = await Speech.open(signal);
  const pieces: Int16Array[] = [];
  for (const [index, sentence] of sentences.entries()) {
    pieces.push(await speech.say(sentence, index % 2 === 0 ? "slt" : "rms", signal));
    pieces.push(new Int16Array(16_000));
  }
  await speech.close();
  return joinSamples(pieces);
}
