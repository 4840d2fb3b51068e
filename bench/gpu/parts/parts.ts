import { codesPart } from "./codes";
import { devicePart } from "./device";
import { earPart } from "./ear";
import { jointPart } from "./joint";
import type { ModelScale } from "../models/ear-model";
import type { Part } from "./part";
import { placementPart } from "./placement";
import { tokensPart } from "./tokens";
import { voicePart } from "./voice";

/**
 * Enough to show that everything runs: a device in software takes half a minute to load a model. What
 * takes it longest comes last, so that each other part has its turn within the time of all.
 */
const smallParts: readonly Part[] = [
  devicePart,
  earPart({ precision: "fp32", chunkMs: 320, limitSeconds: 300 }),
  earPart({ precision: "fp16", chunkMs: 320, limitSeconds: 300 }),
  { ...tokensPart, limitSeconds: 300 },
  { ...codesPart, limitSeconds: 300 },
  jointPart("fp32", 300),
  { ...placementPart, limitSeconds: 300 },
  voicePart("fp32", 300),
];

/** In the order in which they are missed most where the time does not reach. */
const fullParts: readonly Part[] = [
  devicePart,
  earPart({ precision: "fp32", chunkMs: 320, limitSeconds: 60 }),
  earPart({ precision: "fp16", chunkMs: 320, limitSeconds: 50 }),
  voicePart("fp32", 60),
  voicePart("fp16", 50),
  tokensPart,
  codesPart,
  jointPart("fp32", 45),
  earPart({ precision: "fp16", chunkMs: 160, limitSeconds: 35 }),
  earPart({ precision: "fp16", chunkMs: 560, limitSeconds: 35 }),
  earPart({ precision: "fp16", chunkMs: 80, limitSeconds: 35 }),
  placementPart,
  earPart({ precision: "fp16", chunkMs: 320, limitSeconds: 40, maxBatch: 128 }),
  earPart({ precision: "fp32", chunkMs: 160, limitSeconds: 35 }),
  earPart({ precision: "fp32", chunkMs: 560, limitSeconds: 35 }),
  earPart({ precision: "fp32", chunkMs: 80, limitSeconds: 35 }),
];

export function partsOf(scale: ModelScale): readonly Part[] {
  return scale === "full" ? fullParts : smallParts;
}
