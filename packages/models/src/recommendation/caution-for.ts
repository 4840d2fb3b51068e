import type { ModelEntry } from "../registry/model-entry";
import type { MachineFacts } from "./machine-facts";

/** Magpie takes 1.95 times as long as its speech lasts on two cores (bench/results/tts.json). */
const magpieCores = 8;
/** The 30 B model in four bit, with its conversation. */
const largeBrainBytes = 24e9;

/**
 * What speaks against a model on this machine, as a sentence for people; null where nothing does.
 *
 * @param usesGraphics whether engines are set up to compute on the card
 */
export function cautionFor(
  { kind, family, name }: ModelEntry,
  { cores, memoryBytes, graphics }: MachineFacts,
  usesGraphics: boolean,
): string | null {
  if (kind === "synthesizer" && family === "magpie") {
    if (cores >= magpieCores || (usesGraphics && graphics !== null)) return null;
    const counted = cores === 1 ? "One core is" : `${cores} cores are`;
    return `${counted} too few for it to keep up in a conversation.`;
  }
  if (name === "nemotron-3-nano-30b") {
    const memory = Math.max(memoryBytes, graphics?.memoryBytes ?? 0);
    return memory >= largeBrainBytes ? null : "It needs more memory than this machine has.";
  }
  return null;
}
