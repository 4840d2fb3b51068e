import { rewrite } from "../rewrite";

type Replacement = readonly [pattern: RegExp, words: string];

/** Signs in order: longer ones before their prefixes. */
const replacements: readonly Replacement[] = [
  [/(?<![\p{L}\p{N}])C#/gu, "C sharp"],
  [/(?<![\p{L}\p{N}])F#/gu, "F sharp"],
  [/(?<![\p{L}\p{N}])C\+\+/gu, "C plus plus"],
  [/\s?(?:!==?|≠|\/=(?=\s))\s?/gu, " is not equal to "],
  [/\s?(?:<=(?!>)|≤)\s?/gu, " is at most "],
  [/\s?(?:>=|≥)\s?/gu, " is at least "],
  [/\s?(?:[-=]{1,2}>|[→⇒➔➜])\s?/gu, ", then "],
  [/\s?<-{1,2}\s?/gu, ", "],
  [/(?<=^|[(,:]\s?)≈\s?/gu, "about "],
  [/\s?(?:≈|≅|≃|~=)\s?/gu, " is about "],
  [/\s?={2,3}\s?/gu, " equals "],
  [/(?<=[\p{L}\p{N})])\s?=\s?(?=["'\p{L}\p{N}(\-√])/gu, " equals "],
  [/\s?±\s?|\s?\+\/-\s?/gu, " plus or minus "],
  [/~(?=\s?[\d\p{L}])/gu, "about "],
  [/√\s?/gu, " square root of "],
  [/(?<=[\p{L}\p{N})])(?:\^2|²)(?!\p{N})/gu, " squared"],
  [/(?<=[\p{L}\p{N})])(?:\^3|³)(?!\p{N})/gu, " cubed"],
  [/(?<=[\p{L}\p{N})])\^\{?(?=[\p{L}\p{N}-])/gu, " to the power of "],
  [/\s?×\s?|(?<=[\p{L}\p{N})])\s\*\s(?=[\p{L}\p{N}(])|(?<=[\d)])\*(?=[\d(])/gu, " times "],
  [/(?<=\d)\s?x\s?(?=\d)/gu, " by "],
  [/\s?[·⋅]\s?(?=\d)/gu, " times "],
  [/\s?÷\s?|(?<=\d)\s\/\s(?=\d)/gu, " divided by "],
  [/(?<=[\d)])\s?<\s?(?=[\d(\p{L}-])|(?<=[\p{L})])\s<\s(?=[\d(\p{L}-])/gu, " is less than "],
  [/(?<=[\d)])\s?>\s?(?=[\d(-])|(?<=[\p{L})])\s>\s(?=[\d-])/gu, " is greater than "],
  [/(?<=(?:^|\s)\p{L})\s>\s(?=\p{L}(?!\p{L}))/gu, " is greater than "],
  [/(?<=\p{L})\s[>›»]\s(?=\p{L})/gu, ", then "],
  [/(?<=^|\s)<\s?(?=\d)/gu, "less than "],
  [/(?<=^|\s)>\s?(?=\d)/gu, "more than "],
  [/(?<=[\p{L}\p{N})])\s\+\s(?=[\p{L}\p{N}(-])|(?<=[\d)])\+(?=[\d(])/gu, " plus "],
  [/(?<=\p{L})\+(?=\p{L})/gu, " plus "],
  [/(?<=\d)\+(?![\p{L}\p{N}])/gu, " plus"],
  [/(?<![\p{L}\p{N}])\+(?=\d)/gu, "plus "],
  [/(?<=\d)\s?−\s?(?=\d)/gu, " minus "],
  [/(?<=[\p{L}\p{N})])\s[-−]\s(?=[\p{L}\p{N}(.]{1,20}\s(?:=|equals))/gu, " minus "],
  [/\s?&{1,2}\s?/gu, " and "],
  [/(?<![\p{L}\p{N}])#\s?(?=\d)/gu, "number "],
  [/(?<![\p{L}\p{N}&])#(?=\p{L})/gu, "hashtag "],
  [/(?<=^|[\s(])@(?=[\p{L}\p{N}])/gu, "at "],
  [/\s@\s/gu, " at "],
  [/∞/gu, " infinity "],
  [/π/gu, " pi "],
  [/∑/gu, " the sum of "],
  [/[©®™]/gu, ""],
  [/€/gu, " euros"],
  [/£/gu, " pounds"],
  [/%/gu, " percent"],
  [/°/gu, " degrees"],
  [/§\s?/gu, "section "],
];

const choice =
  /(?<![\p{L}\p{N}/.])(?<one>\p{L}[\p{L}']{0,30})(?:\/|\s\/\s)(?<other>\p{L}[\p{L}']{0,30})(?<third>\/\p{L}[\p{L}']{0,30})?(?![\p{L}\p{N}/])/gu;

/** Signs of sums, comparisons and handles in words. Needs figures not yet put in words. */
export function symbolWords(text: string): string {
  let spoken = rewrite(text, choice, ({ one = "", other = "", third = "" }) => {
    if (/^and$/iu.test(one) && /^or$/iu.test(other)) return `${one} ${other}`;
    const isWords = [one, other].every((word) => !/^\p{Lu}(?:\p{Lu}|$)/u.test(word));
    return `${one}${isWords ? " or " : " "}${other}${third.replace("/", isWords ? " or " : " ")}`;
  });
  for (const [pattern, words] of replacements) spoken = spoken.replace(pattern, words);
  return spoken;
}
