import { AppError } from "@parley/shared/errors";

/**
 * @param wanted a voice's name in any case, or its place in the list, counted from 0
 * @throws AppError `invalid-request` that names the voices there are
 */
export function findVoice(wanted: string, voices: readonly string[]): string {
  const index = /^\d+$/u.test(wanted) ? Number(wanted) : null;
  const found = index === null ? named(wanted, voices) : voices[index];
  if (found !== undefined) return found;
  const message = `voice: ${JSON.stringify(wanted)}; wanted: ${voices.join(", ")}`;
  throw new AppError("invalid-request", message);
}

/**
 * @param wanted a language's tag in any case; a region that nobody speaks is passed over
 * @throws AppError `invalid-request` that names the languages there are
 */
export function findLanguage(wanted: string, languages: readonly string[]): string {
  const [primary = wanted] = wanted.split(/[-_]/u);
  const found = named(wanted.replaceAll("_", "-"), languages) ?? named(primary, languages);
  if (found !== undefined) return found;
  const message = `language: ${JSON.stringify(wanted)}; wanted: ${languages.join(", ")}`;
  throw new AppError("invalid-request", message);
}

function named(wanted: string, names: readonly string[]): string | undefined {
  const plain = wanted.trim().toLowerCase();
  return names.find((name) => name.toLowerCase() === plain);
}
