import { synthesisSteps } from "../synthesis/synthesis-steps";

/**
 * Longest text that is spoken in one run: about eight seconds of sound. A run cannot be interrupted,
 * so this bounds how long an aborted reply still occupies the engine.
 */
const maxStepCharacters = 120;
/** The first step of a reply is cut at a mark between these, so that it is heard early. */
const firstStep = { shortest: 8, longest: 60 };

/**
 * Cuts a clause into what is spoken at once: sentences (small letters begin none), of which long ones are cut at marks or
 * between words. The model makes the melody of a step by itself, so whole sentences sound best.
 *
 * @param isFirst whether somebody waits for the first sound; its first step then ends at the first
 *   mark, if it has one early
 */
export function speechSteps(text: string, { isFirst }: { isFirst: boolean }): string[] {
  const sentences = text
    .split(/(?<=[.!?…]["”’)]*)\s+(?=["“‘(]?[^\p{Ll}])/u)
    .filter((part) => part !== "");
  const [first = "", ...rest] = sentences;
  const start = isFirst ? firstMark(first) : 0;
  const beginning = start > 0 ? [first.slice(0, start), first.slice(start).trimStart()] : [first];
  return [...beginning, ...rest].flatMap((part) => synthesisSteps(part, maxStepCharacters));
}

/** Length of the first step; 0 when the sentence is short, or has no mark early enough. */
function firstMark(sentence: string): number {
  if (sentence.length <= firstStep.longest) return 0;
  const marks = sentence.slice(0, firstStep.longest + 1).matchAll(/[,;:—](?=\s)/gu);
  for (const { index } of marks) if (index >= firstStep.shortest) return index + 1;
  return 0;
}
