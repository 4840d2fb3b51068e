import type { ModelEntry } from "../registry/model-entry";
import type { MachineFacts } from "./machine-facts";

/** Cores that Magpie's decoder and its codec need, one each, to keep up with speech in 8 bit. */
const magpieCores = 2;
/** The one whose local transformer is as wide as its decoder, and read sixteen times a step. */
const heavyMagpie = "magpie-v2607";
/** Cores on which it keeps up in every precision, by its processor time in bench/results/tts.json. */
const wholeMagpieCores = 4;
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
    if (cores >= wholeMagpieCores || (usesGraphics && graphics !== null)) return null;
    if (cores < magpieCores) return "One core is too few for it to keep up in a conversation.";
    return name === heavyMagpie
      ? `${cores} cores carry it in 8 bit, one reply at a time; in 32 bit its replies halt.`
      : `${cores} cores carry it, one reply at a time.`;
  }
  if (name === "nemotron-3-nano-30b") {
    const memory = Math.max(memoryBytes, graphics?.memoryBytes ?? 0);
    return memory >= largeBrainBytes ? null : "It needs more memory than this machine has.";
  }
  return null;
}
