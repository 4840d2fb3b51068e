import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import type { MachineFacts } from "./machine-facts";

/** A model of the registry that suits the machine better than what comes with Parley. */
export type Suggestion = {
  /** Name in the registry. */
  name: string;
  /** Null where the model has no choice. */
  precision: Precision | null;
  /** Why this one here, a sentence for people. */
  reason: string;
};

/** Null where nothing larger suits: what comes with Parley is best. */
export type Recommendation = {
  hear: Suggestion | null;
  speak: Suggestion | null;
  think: Suggestion | null;
};

/** Memory of a 0.6 B recogniser in `int8-dynamic`, 0.84 GB at its peak, with room for the rest. */
const largeEarBytes = 4e9;
const smallEarBytes = 2e9;
/** A card that holds a 0.6 B model in full precision (2.4 GB), its activations and a voice. */
const earCardBytes = 6e9;
const largeBrainCardBytes = 24e9;
const smallBrainCardBytes = 6e9;
/** The 4 B model (2.6 GB) with its conversation, beside ear and voice. */
const smallBrainBytes = 12e9;

/**
 * Recommends models for a machine. Figures are those of docs/models.md; a card is taken at its word,
 * since none was measured.
 *
 * @param cardPrecision the precision in which engines compute on the card; null where they are not set
 *   up to (`RECOGNIZER_PROVIDERS`)
 */
export function recommend(machine: MachineFacts, cardPrecision: Precision | null): Recommendation {
  return {
    hear: earFor(machine, cardPrecision),
    speak: voiceFor(machine, cardPrecision),
    think: brainFor(machine),
  };
}

function earFor(machine: MachineFacts, cardPrecision: Precision | null): Suggestion | null {
  const { cores, memoryBytes, graphics } = machine;
  const name = "nemotron-streaming-en";
  if (cardPrecision !== null && graphics !== null && cardHas(machine, earCardBytes)) {
    const reason = `${graphics.adapter} has room for it; how many speakers it follows was not measured.`;
    return { name, precision: cardPrecision, reason };
  }
  if (cores >= 4 && memoryBytes >= largeEarBytes) {
    const reason = `${cores} cores carry it in 8 bit, about three speakers a core.`;
    return { name, precision: "int8-dynamic", reason };
  }
  if (cores >= 2 && memoryBytes >= smallEarBytes) {
    const reason = `Small enough for ${cores} cores; a machine with more carries Nemotron Speech.`;
    return { name: "parakeet-realtime-eou", precision: "int8", reason };
  }
  return null;
}

function voiceFor(machine: MachineFacts, cardPrecision: Precision | null): Suggestion | null {
  const { graphics } = machine;
  if (cardPrecision === null || graphics === null || !cardHas(machine, earCardBytes)) return null;
  const reason = `${graphics.adapter} has room for it; how quickly it speaks was not measured.`;
  return { name: "magpie-v2607", precision: cardPrecision, reason };
}

/** A chat server is a program of its own and finds the card by itself. */
function brainFor(machine: MachineFacts): Suggestion | null {
  const { cores, memoryBytes, graphics } = machine;
  if (graphics !== null && cardHas(machine, largeBrainCardBytes)) {
    const reason = `${graphics.adapter} holds it.`;
    return { name: "nemotron-3-nano-30b", precision: null, reason };
  }
  if (graphics !== null && cardHas(machine, smallBrainCardBytes)) {
    const reason = `${graphics.adapter} holds it.`;
    return { name: "nemotron-3-nano-4b", precision: null, reason };
  }
  if (cores >= 8 && memoryBytes >= smallBrainBytes) {
    const reason = `${cores} cores and ${gigabytes(memoryBytes)} of memory carry it.`;
    return { name: "nemotron-3-nano-4b", precision: null, reason };
  }
  return null;
}

function cardHas({ graphics }: MachineFacts, bytes: number): boolean {
  return graphics?.memoryBytes != null && graphics.memoryBytes >= bytes;
}

function gigabytes(bytes: number): string {
  return `${Math.round(bytes / 1e9)} GB`;
}
