import { mixDown } from "../wave/wave-samples";
import type { NativeSound } from "./native-sound";

/** Codings of telephone sound that comes without a header: 8 kHz, one channel. */
export type RawCoding = "a-law" | "mu-law";

const telephoneRate = 8_000;

/**
 * Media types by RFC 4856 (PCMA, PCMU), RFC 2046 (basic), and as programs write them; endings of
 * names as sox and Asterisk use them.
 */
const codings: readonly { coding: RawCoding; mediaType: RegExp; ending: RegExp }[] = [
  {
    coding: "mu-law",
    mediaType: /^audio\/(?:pcmu|basic|(?:x-)?(?:mu|u)-?law)$/iu,
    ending: /\.(?:mulaw|ulaw|ul|pcmu)$/iu,
  },
  {
    coding: "a-law",
    mediaType: /^audio\/(?:pcma|(?:x-)?a-?law)$/iu,
    ending: /\.(?:alaw|al|pcma)$/iu,
  },
];

/**
 * The coding of a file that may have no header, by its media type or, where that says nothing, by
 * its name; null for all others.
 */
export function rawCodingOf({
  mediaType = "",
  name = "",
}: {
  mediaType?: string;
  name?: string;
}): RawCoding | null {
  const type = mediaType.split(";", 1)[0]?.trim() ?? "";
  const typed = codings.find((entry) => entry.mediaType.test(type));
  if (typed !== undefined) return typed.coding;
  const isSilent = type === "" || type === "application/octet-stream";
  return isSilent ? (codings.find((entry) => entry.ending.test(name))?.coding ?? null) : null;
}

export async function* decodeRaw(
  bytes: AsyncIterable<Uint8Array>,
  coding: RawCoding,
): AsyncGenerator<NativeSound> {
  const format = { sampleRate: telephoneRate, channels: 1, coding };
  for await (const piece of bytes) {
    yield { samples: mixDown(piece, format), sampleRate: telephoneRate };
  }
}
