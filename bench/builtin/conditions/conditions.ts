import { mixAt } from "../sounds/levels";
import { music } from "../sounds/music";
import { pinkNoise, whiteNoise } from "../sounds/noise";
import { narrowBand } from "./narrow-band";
import { reverberate } from "./reverberation";
import { throughOpus } from "./through-opus";

/** A degradation of speech; `seed` differs between utterances. */
export type Condition = (speech: Int16Array, seed: number) => Int16Array | Promise<Int16Array>;

/** Ratios are of the speaking parts' power to the noise's. */
export const conditions = {
  clean: (speech) => speech,
  "white 20 dB": (speech, seed) => mixAt(speech, whiteNoise(speech.length, seed), 20),
  "pink 20 dB": (speech, seed) => mixAt(speech, pinkNoise(speech.length, seed), 20),
  "music 15 dB": (speech, seed) => mixAt(speech, music(speech.length, seed), 15),
  "Opus 24 kbit/s": throughOpus,
  "8 kHz": narrowBand,
  room: reverberate,
} satisfies Record<string, Condition>;

export type ConditionName = keyof typeof conditions;
export const conditionNames = Object.keys(conditions) as ConditionName[];
