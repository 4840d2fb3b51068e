/** For each foreign name the voices here that stand in for it: Kokoro's, Magpie's, Flite's. */
const standIns: Readonly<Record<string, readonly string[]>> = {
  // OpenAI's (https://platform.openai.com/docs/guides/text-to-speech), a woman's or a man's.
  alloy: ["af_alloy", "Aria", "slt"],
  ash: ["am_adam", "Jason", "rms"],
  ballad: ["bm_george", "Leo", "awb"],
  cedar: ["am_michael", "John", "rms"],
  coral: ["af_bella", "Sofia", "slt"],
  echo: ["am_echo", "Jason", "rms"],
  fable: ["bm_fable", "Leo", "awb"],
  marin: ["af_heart", "Aria", "slt"],
  nova: ["af_nova", "Sofia", "slt"],
  onyx: ["am_onyx", "John", "rms"],
  sage: ["af_sarah", "Aria", "slt"],
  shimmer: ["af_sky", "Sofia", "slt"],
  verse: ["am_puck", "Leo", "rms"],
  // Magpie's, which the voice bot's clients ask for; OpenAI's for a voice of another machine.
  aria: ["af_heart", "Aria", "slt", "nova"],
  jason: ["am_adam", "Jason", "rms", "ash"],
  john: ["am_michael", "John", "rms", "onyx"],
  leo: ["am_puck", "Leo", "awb", "fable"],
  sofia: ["af_bella", "Sofia", "slt", "coral"],
};

/** Names that other services' clients ask for, in the order of the table in the documentation. */
export const foreignVoices: readonly string[] = Object.keys(standIns);

/**
 * The voice that speaks for a name of OpenAI's or Magpie's: the same at every start, a woman for a
 * woman's. An engine with none of the table's voices speaks with its first.
 *
 * @param wanted in any case; NVIDIA's long names (`Magpie-Multilingual.EN-US.Aria`) too
 * @returns null for a name that is in no list
 */
export function standInVoice<Name extends string>(
  wanted: string,
  voices: readonly Name[],
): Name | null {
  for (const part of plainName(wanted).split(".").reverse()) {
    const candidates = Object.hasOwn(standIns, part) ? standIns[part] : undefined;
    if (candidates === undefined) continue;
    for (const candidate of candidates) {
      const found = voices.find((name) => plainName(name) === plainName(candidate));
      if (found !== undefined) return found;
    }
    return voices[0] ?? null;
  }
  return null;
}

/** A name without case, accents and spaces around it: "Sofía" is sofia. */
export function plainName(name: string): string {
  return name
    .normalize("NFD")
    .replaceAll(/\p{Mark}/gu, "")
    .trim()
    .toLowerCase();
}
