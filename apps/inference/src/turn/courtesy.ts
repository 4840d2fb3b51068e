import type { TurnLanguage } from "./languages/turn-language";

/** A sentence without its "please", and where one was said. */
export type WithoutCourtesy = {
  words: readonly string[];
  /** What follows asks for something, whatever its verb is: "please hold". */
  isBefore: boolean;
  /** Nothing more is to come, however short it is: "the bill, please". */
  isAfter: boolean;
};

/** @param sentence normalised words */
export function withoutCourtesy(
  sentence: readonly string[],
  { courtesies }: TurnLanguage,
): WithoutCourtesy {
  const lengthAt = (at: "start" | "end"): number => {
    const said = courtesies.find((courtesy) => {
      const part =
        at === "start" ? sentence.slice(0, courtesy.length) : sentence.slice(-courtesy.length);
      return courtesy.every((word, index) => part[index] === word);
    });
    return said?.length ?? 0;
  };
  const before = lengthAt("start");
  const after = lengthAt("end");
  // "Please" alone is both, and the beginning of more.
  if (before + after > sentence.length) return { words: [], isBefore: true, isAfter: false };
  const words = sentence.slice(before, sentence.length - after);
  return { words, isBefore: before > 0, isAfter: after > 0 };
}
