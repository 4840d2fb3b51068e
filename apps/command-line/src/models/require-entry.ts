import type { ModelEntry } from "@parley/models/registry/model-entry";
import { findEntry, registry } from "@parley/models/registry/registry";
import { UsageError } from "../failures";

/** @throws UsageError that names similar models, or the command that lists all */
export function requireEntry(name: string): ModelEntry {
  const entry = findEntry(name);
  if (entry !== null) return entry;
  const like = registry.filter((known) => known.name.includes(name)).map((known) => known.name);
  const help = like.length > 0 ? `is it ${like.join(", ")}?` : "see: parley models list";
  throw new UsageError(`no supported model ${name}; ${help}`);
}
