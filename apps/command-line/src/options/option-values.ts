import { InvalidArgumentError } from "commander";
import type { TransducerSettings } from "@parley/speech/transducer/transducer-settings";

export type Provider = TransducerSettings["providers"][number];

const providers: readonly Provider[] = ["cpu", "cuda", "tensorrt", "webgpu", "coreml"];

/** Parser of whole numbers within inclusive bounds. */
export function wholeNumber(lowest: number, highest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/u.test(text) && value >= lowest && value <= highest) return value;
    throw new InvalidArgumentError(`Wanted: a whole number from ${lowest} to ${highest}.`);
  };
}

/** Parser of seconds, such as "1.5". */
export function seconds(lowest: number, highest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+(?:\.\d+)?$/u.test(text) && value >= lowest && value <= highest) return value;
    throw new InvalidArgumentError(`Wanted: seconds from ${lowest} to ${highest}.`);
  };
}

/** Parses a list such as "cuda,cpu". */
export function providerList(text: string): readonly Provider[] {
  return text.split(",").map((name) => {
    const provider = providers.find((known) => known === name.trim());
    if (provider !== undefined) return provider;
    throw new InvalidArgumentError(`Wanted: some of ${providers.join(", ")}.`);
  });
}

/** Parses the address of a remote engine. */
export function engineUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^(?:ws|http)s?:$/u.test(url.protocol)) return url;
  throw new InvalidArgumentError(
    "Wanted: an address that begins with ws://, wss://, http:// or https://.",
  );
}
