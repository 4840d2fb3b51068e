import type { SynthesisPart, SynthesisRequest } from "@parley/speech/contracts/synthesizer";
import { CharacterSynthesizer } from "@parley/speech/testing/scripted-models";
import { expect, it } from "vitest";
import { playLines } from "./conversation-lines";
import type { ScriptOptions } from "./conversation-script";

/** Rule, what happens, what comes of it. */
export type ConversationRow = readonly [
  rule: string,
  happens: readonly string[],
  comes: readonly string[],
];

/** Four sentences: long enough to be spoken over. */
export const story = [
  "Once upon a time there was a small robot who lived in a lighthouse. ",
  "Every evening it climbed up with its oil. ",
  "It lit the lamp for everybody out there, and kept it burning until the morning. ",
  "Then it slept.",
];

/** Says "Yes." to all but requests for a story. */
export const answer: NonNullable<ScriptOptions["answer"]> = (question) =>
  question.includes("story") ? story : ["Yes."];

/** The story, heard to its end. */
export const toldAll = `Parley: ${story.join("")}`;

/** Asks for the story, and lets a second and a half of it be heard. */
export const request = ["Ada: tell me a story", "Parley speaks", "1000 ms"];

/** Speaks as slowly as people do: 100 ms a character. */
export class UnhurriedSynthesizer extends CharacterSynthesizer {
  override async *speak(request: SynthesisRequest): AsyncGenerator<SynthesisPart> {
    for await (const part of super.speak(request)) {
      const isSound = part.type === "audio";
      yield isSound ? { ...part, samples: repeated(part.samples, 5) } : part;
    }
  }
}

function repeated(samples: Int16Array, times: number): Int16Array {
  return new Int16Array(samples.length * times).fill(samples[0] ?? 0);
}

/** Plays each row as a test of its own. */
export function conversations(rows: readonly ConversationRow[], options: ScriptOptions = {}): void {
  it.each(rows)("%s", async (_, happens, comes) => {
    expect(await playLines(happens, options)).toEqual(comes);
  });
}
