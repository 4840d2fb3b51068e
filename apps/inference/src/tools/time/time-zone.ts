import { AppError } from "@parley/shared/errors";

/**
 * Time zone of a name that a model knows: an IANA name, or a city that has a zone of its own.
 *
 * @returns an IANA name such as "Europe/Berlin"
 * @throws AppError `not-found`
 */
export function findTimeZone(name: string): string {
  const wanted = name.trim();
  if (isTimeZone(wanted)) return wanted;
  const city = wanted.toLowerCase().replaceAll(/[\s-]+/gu, "_");
  const zone = Intl.supportedValuesOf("timeZone").find(
    (candidate) => candidate.split("/").at(-1)?.toLowerCase() === city,
  );
  if (zone !== undefined) return zone;
  throw new AppError(
    "not-found",
    `There is no time zone ${wanted}. Give an IANA name, such as Europe/Berlin.`,
  );
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return name !== "";
  } catch {
    return false;
  }
}
