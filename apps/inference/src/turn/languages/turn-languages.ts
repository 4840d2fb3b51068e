import { primaryLanguage } from "@parley/shared/protocol/primary-language";
import { english } from "./english";
import { french } from "./french";
import { german } from "./german";
import { italian } from "./italian";
import { spanish } from "./spanish";
import { neutralLanguage, type TurnLanguage } from "./turn-language";

const languages: Readonly<Record<string, TurnLanguage>> = {
  de: german,
  en: english,
  es: spanish,
  fr: french,
  it: italian,
};

/** @param language BCP 47; one without lists of its own is judged by figures and marks alone */
export function turnLanguage(language: string): TurnLanguage {
  return languages[primaryLanguage(language)] ?? neutralLanguage;
}
