import { UsageError } from "../failures";
import type { Provider } from "../options/option-values";

export type SayOptions = {
  /** A file for the sound, which is played without one. */
  output?: string;
  /** A file for the report. */
  json?: string;
  /** A name, or an index in the model's list. */
  voice?: string;
  language?: string;
  seed?: number;
  temperature?: number;
  greedy?: true;
  /** A Magpie or Kokoro model; Flite speaks without one. */
  model?: string;
  codec?: string;
  cache?: "on" | "off";
  raw?: true;
  threads: number;
  provider: readonly Provider[];
  /** A remote engine instead of a local one. */
  url?: URL;
};

/** Options that only some engines support, by commander's names. */
const needsModel = ["codec", "cache", "raw", "greedy"] as const;
const needsModelOrUrl = ["seed", "temperature"] as const;

/** @throws UsageError for options that the selected engine does not support */
export function checkSayOptions(options: SayOptions): void {
  const isFlite = options.model === undefined && options.url === undefined;
  for (const name of needsModel) {
    if (options[name] !== undefined && options.model === undefined) {
      throw new UsageError(`--${name} needs --model`);
    }
  }
  for (const name of needsModelOrUrl) {
    if (options[name] !== undefined && isFlite) throw new UsageError(`--${name} needs --model`);
  }
  if (options.url !== undefined && !/^https?:$/u.test(options.url.protocol)) {
    throw new UsageError("say needs an engine at http://");
  }
}
