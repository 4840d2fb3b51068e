/** Voices on which the recogniser is judged; set and voice name a folder of recordings. */
type EvaluationSet = {
  /** Sentences are in `builtin_recogniser/text/evaluation/NAME.tsv`. */
  name: string;
  voices: readonly string[];
};

const usual = [
  ...["flite-slt", "flite-rms", "flite-awb", "flite-kal16"],
  ...["espeak-en-us", "espeak-en-gb"],
];
/** Voices outside of the training: another synthesiser, and held-out variants of espeak-ng. */
const unheard = [
  ...["pico-en-US", "pico-en-GB"],
  ...["espeak-en-us+klatt2", "espeak-en-gb-scotland+f5"],
];

/**
 * `test`: held-out sentences of the kind that was trained; `blind`: written as people speak, by
 * an author who had not seen the training text; `free2`: as `blind`, for an earlier model.
 */
export const evaluationSets: readonly EvaluationSet[] = [
  {
    name: "test",
    voices: [...usual, "espeak-en-us+f3", "espeak-en-gb+m3", ...unheard, "festival-ked_diphone"],
  },
  { name: "blind", voices: [...usual, ...unheard] },
  { name: "free2", voices: usual },
];

export function isTrained(voice: string): boolean {
  return !unheard.includes(voice);
}
