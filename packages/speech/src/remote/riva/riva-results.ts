import { z } from "zod";
import type { Recognition, RecognizedWord } from "../../contracts/recognizer";

const wordSchema = z.object({
  start_time: z.number(),
  end_time: z.number(),
  word: z.string(),
  confidence: z.number(),
});
const resultSchema = z.object({
  is_final: z.boolean(),
  alternatives: z.array(z.object({ transcript: z.string(), words: z.array(wordSchema) })),
});
const responseSchema = z.object({ results: z.array(resultSchema) });

type FinalResult = { text: string; words: readonly RecognizedWord[] };

/** The results of one speaker since the last reset, over the calls that heard them. */
export class RivaResults {
  #finals: FinalResult[] = [];
  #interim = "";

  get text(): string {
    const texts = [...this.#finals.map(({ text }) => text), this.#interim];
    return texts.filter((text) => text !== "").join(" ");
  }

  /** @param fromMs where the call began that they belong to; a malformed response adds nothing */
  take(response: unknown, fromMs: number): void {
    const read = responseSchema.safeParse(response).data;
    if (read === undefined) return;
    this.#interim = "";
    for (const { is_final: isFinal, alternatives } of read.results) {
      const best = alternatives[0];
      const text = best?.transcript.trim() ?? "";
      if (best === undefined || text === "") continue;
      if (!isFinal) this.#interim = [this.#interim, text].filter((part) => part !== "").join(" ");
      else this.#finals.push({ text, words: best.words.map((word) => toWord(word, fromMs)) });
    }
  }

  /** Tentative words that nothing will settle any more. */
  dropInterim(): void {
    this.#interim = "";
  }

  recognition(): Recognition {
    const words = this.#finals.flatMap((final) => final.words);
    const isComplete = this.#finals.every((final) => final.words.length > 0);
    return { text: this.text, tokens: [], words: isComplete ? words : [] };
  }

  clear(): void {
    this.#finals = [];
    this.#interim = "";
  }
}

/** Riva's confidence is 0 where it was not estimated, and not always a probability. */
function toWord(word: z.infer<typeof wordSchema>, fromMs: number): RecognizedWord {
  const { confidence } = word;
  const isProbability = confidence > 0 && confidence <= 1;
  return {
    text: word.word,
    startMs: fromMs + word.start_time,
    endMs: fromMs + word.end_time,
    confidence: isProbability ? confidence : 1,
  };
}
