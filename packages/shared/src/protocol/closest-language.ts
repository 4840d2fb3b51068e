import { primaryLanguage } from "./primary-language";

/**
 * @param wanted a language's tag in any case
 *
 * @returns the tag among `languages` that comes closest: the same, else the language without a region,
 *   else the first of the same primary subtag, as "de-DE" for "de-AT"; undefined where there is none
 */
export function closestLanguage(wanted: string, languages: readonly string[]): string | undefined {
  const tag = plainTag(wanted);
  const primary = primaryLanguage(tag);
  return (
    languages.find((language) => plainTag(language) === tag) ??
    languages.find((language) => plainTag(language) === primary) ??
    languages.find((language) => primaryLanguage(language) === primary)
  );
}

function plainTag(tag: string): string {
  return tag.replaceAll("_", "-").toLowerCase();
}
