import { describe, expect, it } from "vitest";
import { createDecoder } from "libopus-wasm";
import { decodeAudio } from "../decoding/decode-audio";
import {
  audioFormats,
  encodeAudio,
  isFfmpegFormat,
  type AudioEncoding,
  type AudioFormat,
} from "./encode-audio";
import { encodeWithFfmpeg } from "./encode-with-ffmpeg";
import { waveHead } from "../wave/write-wave";
import { isInstalled } from "../installed-program";

const signal = new AbortController().signal;
const sampleRate = 22_050;
const hasFfmpeg = await isInstalled("ffmpeg", {
  environment: process.env,
  platform: process.platform,
});

/** A tone of 440 Hz in pieces of odd lengths. */
async function* tone(seconds: number): AsyncGenerator<Int16Array> {
  const samples = Int16Array.from({ length: seconds * sampleRate }, (_, index) =>
    Math.round(8_000 * Math.sin((2 * Math.PI * 440 * index) / sampleRate)),
  );
  for (let at = 0; at < samples.length; at += 1_237) {
    yield await Promise.resolve(samples.subarray(at, at + 1_237));
  }
}

async function encoded(seconds: number, changes: Partial<AudioEncoding>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const encoding: AudioEncoding = { format: "wav", sampleRate, speed: 1, signal, ...changes };
  for await (const piece of encodeAudio(tone(seconds), encoding)) pieces.push(piece.slice());
  return Buffer.concat(pieces);
}

/** 16 kHz samples of an encoded file, as the recogniser would hear it. */
async function decoded(bytes: Uint8Array): Promise<Int16Array> {
  async function* source() {
    yield await Promise.resolve(bytes);
  }
  const pieces: number[] = [];
  for await (const piece of decodeAudio(source(), { signal })) pieces.push(...piece);
  return Int16Array.from(pieces);
}

/** Cycles a second, by the crossings of zero in the middle half. */
function pitchOf(samples: Int16Array, rate: number): number {
  const middle = samples.subarray(samples.length / 4, (samples.length * 3) / 4);
  let crossings = 0;
  for (let index = 1; index < middle.length; index++) {
    if ((middle[index - 1] ?? 0) < 0 && (middle[index] ?? 0) >= 0) crossings++;
  }
  return (crossings * rate) / middle.length;
}

type Page = { flags: number; granule: number; packets: Buffer[] };

function readPages(bytes: Uint8Array): Page[] {
  const file = Buffer.from(bytes);
  const pages: Page[] = [];
  for (let at = 0; at < file.length;) {
    expect(file.toString("latin1", at, at + 4)).toBe("OggS");
    const lengths = [...file.subarray(at + 27, at + 27 + file.readUInt8(at + 26))];
    let body = at + 27 + lengths.length;
    const packets: Buffer[] = [];
    let length = 0;
    for (const part of lengths) {
      length += part;
      if (part === 255) continue;
      packets.push(file.subarray(body, body + length));
      body += length;
      length = 0;
    }
    const granule = Number(file.readBigUInt64LE(at + 6));
    pages.push({ flags: file.readUInt8(at + 5), granule, packets });
    at = body;
  }
  return pages;
}

describe("encodeAudio", () => {
  it("writes WAVE files of open length, and samples alone", async () => {
    const wave = await encoded(0.5, { format: "wav" });
    const pcm = await encoded(0.5, { format: "pcm" });
    expect(pcm).toHaveLength(2 * 0.5 * sampleRate);
    expect(wave.subarray(44)).toEqual(pcm);
    expect(Buffer.from(wave).readUInt32LE(24)).toBe(sampleRate);
    expect(await decoded(wave)).toHaveLength(8_000);
  });

  it("writes Ogg Opus that holds exactly the sound, its first frame on a page of its own", async () => {
    const pages = readPages(await encoded(1.01, { format: "opus" }));
    const head = pages[0]?.packets[0];
    expect(head?.toString("latin1", 0, 8)).toBe("OpusHead");
    expect(pages[1]?.packets[0]?.toString("latin1", 0, 8)).toBe("OpusTags");
    expect(pages[2]?.packets).toHaveLength(1);
    expect(pages.map(({ flags }) => flags).filter((flag) => flag !== 0)).toEqual([2, 4]);
    const skip = head?.readUInt16LE(10) ?? 0;
    expect(((pages.at(-1)?.granule ?? 0) - skip) / 48_000).toBeCloseTo(1.01, 1);

    const decoder = await createDecoder({ sampleRate: 48_000, channels: 1 });
    const packets = pages.slice(2).flatMap((page) => page.packets);
    const sound = packets.flatMap((packet) => [...decoder.decode(packet)]);
    decoder.free();
    expect(sound.length).toBeGreaterThanOrEqual(pages.at(-1)?.granule ?? Infinity);
    expect(pitchOf(Int16Array.from(sound), 48_000)).toBeCloseTo(440, -1);
  });

  it.each([8_000, 22_050, 37_123])("writes MP3 of %i Hz, frame after frame", async (rate) => {
    const pieces: Uint8Array[] = [];
    const encoding = { format: "mp3", sampleRate: rate, speed: 1, signal } as const;
    for await (const piece of encodeAudio(tone(1), encoding)) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(5);
    const bytes = Buffer.concat(pieces);
    // Eleven bits that begin each frame; 64 kbit/s, and a frame or two of the encoder's delay.
    expect(bytes.readUInt16BE(0) >> 5).toBe(0x7ff);
    const seconds = bytes.length / 8_000;
    expect(seconds - sampleRate / rate).toBeGreaterThanOrEqual(0);
    expect(seconds - sampleRate / rate).toBeLessThan(0.25);
  });

  it("knows which formats need ffmpeg", () => {
    expect(audioFormats.filter(isFfmpegFormat)).toEqual(["flac", "aac"]);
  });

  it.each([0.25, 0.5, 1.5, 4])("speaks %f times as fast at the same pitch", async (speed) => {
    const samples = await decoded(await encoded(2, { format: "wav", speed }));
    expect((samples.length / 16_000) * speed).toBeCloseTo(2, 0);
    expect(pitchOf(samples, 16_000)).toBeCloseTo(440, -1);
  });

  it("passes on an error of the sound", async () => {
    async function* broken(): AsyncGenerator<Int16Array> {
      yield await Promise.resolve(new Int16Array(10));
      throw new Error("the engine broke");
    }
    const own: AudioFormat[] = ["wav", "opus", "mp3"];
    const formats = hasFfmpeg ? [...own, "flac" as const] : own;
    for (const format of formats) {
      const sound = encodeAudio(broken(), { format, sampleRate, speed: 1, signal });
      const read = async () => {
        for await (const piece of sound) expect(piece.length).toBeGreaterThan(0);
      };
      await expect(read()).rejects.toThrow("the engine broke");
    }
  });
});

describe("encodeWithFfmpeg", () => {
  it("reports a missing program", async () => {
    const encoding = { format: "flac", sampleRate, signal, program: "no-ffmpeg" } as const;
    const read = async () => {
      for await (const piece of encodeWithFfmpeg(tone(0.1), encoding)) expect(piece).toBeNull();
    };
    await expect(read()).rejects.toMatchObject({ code: "audio-unsupported" });
  });
});

describe.skipIf(!hasFfmpeg)("encodeAudio with ffmpeg", () => {
  it.each(["opus", "mp3", "flac", "aac"] as const)("%s is read again", async (format) => {
    const samples = await decoded(await encoded(1, { format }));
    // MP3 and AAC streams state neither delay nor end.
    expect(samples.length / 16_000).toBeGreaterThan(0.99);
    expect(samples.length / 16_000).toBeLessThan(1.15);
    expect(pitchOf(samples, 16_000)).toBeCloseTo(440, -1);
  });
});

describe("waveHead", () => {
  it("states a known length", () => {
    const head = Buffer.from(waveHead({ sampleRate: 16_000, channels: 1, coding: "pcm16" }, 320));
    expect(head.readUInt32LE(4)).toBe(356);
    expect(head.readUInt32LE(40)).toBe(320);
  });
});
