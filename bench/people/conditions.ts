import { throughOpus } from "../builtin/conditions/through-opus";
import { atSpokenLevel, mixAt } from "../builtin/sounds/levels";
import { pinkNoise } from "../builtin/sounds/noise";

/** What happens to a voice on its way to the ear; `seed` differs between recordings. */
type Condition = (speech: Int16Array, seed: number) => Int16Array | Promise<Int16Array>;

/** Ratios and levels are those of the speaking parts. */
export const conditions = {
  clean: (speech) => speech,
  "Opus 24 kbit/s": throughOpus,
  "-40 dBFS": (speech) => atSpokenLevel(speech, -40),
  "pink 20 dB": (speech, seed) => mixAt(speech, pinkNoise(speech.length, seed), 20),
  "pink 10 dB": (speech, seed) => mixAt(speech, pinkNoise(speech.length, seed), 10),
} satisfies Record<string, Condition>;

export type ConditionName = keyof typeof conditions;
export const conditionNames = Object.keys(conditions) as ConditionName[];
