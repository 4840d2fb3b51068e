import { matchesPattern } from "../registry/matches-pattern";
import type { ModelEntry } from "../registry/model-entry";
import { licenceTitle } from "./licence-title";

/** What the hub tells about a repository at a revision. */
export type RepositoryFacts = {
  commit: string;
  /** The hub's identifier, such as "cc-by-4.0"; null when the card names none. */
  licence: string | null;
  /** Sizes in bytes by path. */
  sizes: Readonly<Record<string, number>>;
  /** Unix time in milliseconds. */
  askedAtMs: number;
};

/** What is known about a model before it is downloaded. */
export type ModelFacts = {
  /** Bytes of its files; null while unknown. */
  bytes: number | null;
  /** For people; null while unknown. */
  licence: string | null;
};

/** Facts of an entry: the hub's where there are any, the registry's otherwise. */
export function factsOf(entry: ModelEntry, told: RepositoryFacts | null): ModelFacts {
  if (told === null) return { bytes: entry.aboutBytes, licence: entry.licence };
  const licence = told.licence === null ? entry.licence : licenceTitle(told.licence);
  return { bytes: bytesOf(entry, told) ?? entry.aboutBytes, licence };
}

/** Sum of the entry's files; null where one of its patterns matches none. */
function bytesOf({ files }: ModelEntry, { sizes }: RepositoryFacts): number | null {
  const paths = Object.keys(sizes);
  const isComplete = files.every((pattern) => paths.some((path) => matchesPattern(path, pattern)));
  if (!isComplete) return null;
  const wanted = paths.filter((path) => files.some((pattern) => matchesPattern(path, pattern)));
  return wanted.reduce((sum, path) => sum + (sizes[path] ?? 0), 0);
}
