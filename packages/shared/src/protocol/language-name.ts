/**
 * @param tag a language's, as BCP 47 has it or nearly so: engines of others name them in their own way
 * @param inLanguage the language of the name
 *
 * @returns "German" for "de"; the tag itself where it has no name
 */
export function languageName(tag: string, inLanguage = "en"): string {
  const names = new Intl.DisplayNames([inLanguage], { type: "language" });
  try {
    return names.of(tag.replaceAll("_", "-")) ?? tag;
  } catch {
    // It is no tag at all.
    return tag;
  }
}
