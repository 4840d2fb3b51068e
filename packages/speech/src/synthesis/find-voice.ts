import { AppError } from "@parley/shared/errors";
import { plainName } from "./stand-in-voices";

/**
 * @param wanted a voice's name, in any case and without accents, or its index in the list; the first voice if undefined
 * @throws AppError `invalid-request` that names the voices there are
 */
export function findVoice<Name extends string>(
  wanted: string | undefined,
  voices: readonly Name[],
): Name {
  const name = wanted ?? voices[0];
  const isIndex = wanted !== undefined && /^\d+$/u.test(wanted);
  const found = named(name, voices) ?? (isIndex ? voices[Number(wanted)] : undefined);
  if (found !== undefined) return found;
  throw unknown("voice", wanted, voices);
}

/**
 * @param wanted a language's tag in any case, whose region is ignored where the language is spoken
 *   without one; the first language if undefined
 * @throws AppError `invalid-request` that names the languages there are
 */
export function findLanguage(wanted: string | undefined, languages: readonly string[]): string {
  const tag = wanted?.replaceAll("_", "-") ?? languages[0];
  const found = named(tag, languages) ?? named(tag?.split("-")[0], languages);
  if (found !== undefined) return found;
  throw unknown("language", wanted, languages);
}

/** A name in the same case comes first: names may differ by case alone. */
function named<Name extends string>(
  wanted: string | undefined,
  names: readonly Name[],
): Name | undefined {
  if (wanted === undefined) return undefined;
  const plain = plainName(wanted);
  return names.find((name) => name === wanted) ?? names.find((name) => plainName(name) === plain);
}

function unknown(kind: string, wanted: string | undefined, names: readonly string[]): AppError {
  const message = `${kind}: ${JSON.stringify(wanted ?? "")}; wanted: ${names.join(", ")}`;
  return new AppError("invalid-request", message);
}
