import { companions } from "./companions";
import type { ModelEntry } from "./model-entry";
import { moonshineBase } from "./moonshine";
import { recognizers } from "./recognizers";
import { voices } from "./voices";

/** Every supported checkpoint, in display order. */
export const registry: readonly ModelEntry[] = [
  ...recognizers,
  moonshineBase,
  ...voices,
  ...companions,
];

export function findEntry(
  name: string,
  entries: readonly ModelEntry[] = registry,
): ModelEntry | null {
  return entries.find((entry) => entry.name === name) ?? null;
}
