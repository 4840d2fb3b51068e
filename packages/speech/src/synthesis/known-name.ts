import { AppError } from "@parley/shared/errors";

/**
 * One of a synthesiser's voices or languages; the first unless one is wanted.
 *
 * @param what "voice" or "language"
 * @throws AppError `invalid-request` for one that there is not
 */
export function knownName(
  what: string,
  wanted: string | undefined,
  names: readonly string[],
): string {
  const [usual = ""] = names;
  if (wanted === undefined) return usual;
  if (names.includes(wanted)) return wanted;
  throw new AppError("invalid-request", `no ${what} ${wanted}; there are ${names.join(", ")}`);
}
