import { open } from "node:fs/promises";
import { extname } from "node:path";
import { type AudioFormat, audioFormats, encodeAudio } from "@parley/audio/encoding/encode-audio";
import { waveHead, waveHeadBytes } from "@parley/audio/wave/write-wave";
import { UsageError } from "../failures";

export type Sound = {
  samples: AsyncIterable<Int16Array>;
  /** Hz. */
  sampleRate: number;
  signal: AbortSignal;
};

const otherEndings: Readonly<Record<string, AudioFormat>> = { ogg: "opus", raw: "pcm" };

/** @throws UsageError for an unknown file extension */
export function formatOfFile(path: string): AudioFormat {
  const ending = extname(path).slice(1).toLowerCase();
  const format = otherEndings[ending] ?? audioFormats.find((name) => name === ending);
  if (format !== undefined) return format;
  const known = [...audioFormats, ...Object.keys(otherEndings)].join(", ");
  throw new UsageError(`${path}: unknown file extension; known are ${known}`);
}

/**
 * Writes a file in the format of its extension while the sound is synthesised. A failure leaves the
 * part that was written.
 *
 * @throws errors of `samples`; system errors of the file
 */
export async function writeSound(path: string, { samples, ...encoding }: Sound): Promise<void> {
  const format = formatOfFile(path);
  const file = await open(path, "w");
  try {
    let bytes = 0;
    for await (const piece of encodeAudio(samples, { ...encoding, format, speed: 1 })) {
      await file.writeFile(piece);
      bytes += piece.length;
    }
    if (format !== "wav") return;
    const head = waveHead(
      { sampleRate: encoding.sampleRate, channels: 1, coding: "pcm16" },
      bytes - waveHeadBytes,
    );
    await file.write(head, 0, head.length, 0);
  } finally {
    await file.close();
  }
}
