/** Riva recognises no language by itself. */
const usualLanguage = "en-US";

/**
 * @param wanted BCP 47, of this stream
 * @param setting the operator's for the machine
 *
 * @returns the language as Riva names it, which is always with a region: that of the operator's setting,
 *   else the one where most people speak it
 */
export function rivaLanguage(wanted: string | undefined, setting: string | null): string {
  if (wanted === undefined) return setting ?? usualLanguage;
  if (wanted.includes("-")) return wanted;
  if (setting?.split("-")[0] === wanted) return setting;
  const { language, region } = new Intl.Locale(wanted).maximize();
  return region === undefined ? wanted : `${language}-${region}`;
}
