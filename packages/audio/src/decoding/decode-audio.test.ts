import { createHash } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { afterAll, describe, expect, it } from "vitest";
import { WaveDecoder } from "../wave/wave-decoder";
import { waveHead, writeWave } from "../wave/write-wave";
import { waveBytes } from "../testing/wave-bytes";
import { decodeAudio, type DecodeAudioOptions } from "./decode-audio";
import { rawCodingOf } from "./raw-sound";

const never = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), "decode-audio-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A stand-in for ffmpeg, written in JavaScript. */
function program(name: string, body: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!${process.execPath}\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

async function* pieces(bytes: Uint8Array, size = 1_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    yield await Promise.resolve(bytes.subarray(at, at + size));
  }
}

async function decode(
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  options: Partial<DecodeAudioOptions> = {},
): Promise<number[]> {
  const samples: number[] = [];
  const source = bytes instanceof Uint8Array ? pieces(bytes) : bytes;
  for await (const piece of decodeAudio(source, { signal: never, ...options })) {
    expect(piece.length).toBeLessThanOrEqual(16_000);
    samples.push(...piece);
  }
  return samples;
}

function headAndSound(samples: Int16Array): { head: Buffer; sound: Buffer } {
  const bytes = Buffer.from(writeWave({ sampleRate: 16_000, samples }));
  return { head: bytes.subarray(0, 44), sound: bytes.subarray(44) };
}

const tone = (rate: number) =>
  Int16Array.from({ length: rate }, (_, at) => 9_000 * Math.sin((2_765 * at) / rate));

describe("decodeAudio of WAVE files", () => {
  it("reads every coding of a sample", async () => {
    const samples = [0, 0.5, -0.5, 0.25, -1];
    const wanted = [0, 16_384, -16_384, 8_192, -32_768];
    for (const coding of ["pcm8", "pcm16", "pcm24", "pcm32", "float32", "float64"] as const) {
      const bytes = waveBytes({ coding, channels: [samples] });
      expect([coding, await decode(bytes)]).toEqual([coding, wanted]);
      expect(await decode(waveBytes({ coding, channels: [samples], isExtensible: true }))).toEqual(
        wanted,
      );
    }
  });

  it("clips floats, and reads NaN as silence", async () => {
    const channels = [[NaN, 2, -2, Infinity, -Infinity, 1]];
    expect(await decode(waveBytes({ coding: "float32", channels }))).toEqual([
      0, 32_767, -32_768, 32_767, -32_768, 32_767,
    ]);
  });

  it("mixes any number of channels", async () => {
    const channels = [
      [0.5, NaN],
      [0, 0.5],
      [-0.25, 0.25],
      [0, 0],
      [0, 0],
    ];
    const mixed = await decode(waveBytes({ coding: "float32", channels }));
    expect(mixed).toEqual([Math.round(0.05 * 32_768), Math.round(0.15 * 32_768)]);
  });

  it("converts the rate, and keeps the length", async () => {
    for (const rate of [8_000, 44_100, 48_000, 192_000]) {
      const lengths: number[] = [];
      const samples = await decode(writeWave({ sampleRate: rate, samples: tone(rate) }), {
        onLength: (seconds) => lengths.push(seconds),
      });
      expect([rate, samples.length, lengths]).toEqual([rate, 16_000, [1]]);
      const loudest = Math.max(...samples.slice(4_000, 12_000));
      expect(Math.abs(loudest - 9_000)).toBeLessThan(100);
    }
  });

  it("yields pieces of a second, however the file comes", async () => {
    const bytes = writeWave({ sampleRate: 16_000, samples: new Int16Array(40_000) });
    for (const size of [7, 1_000, bytes.length]) {
      const lengths: number[] = [];
      for await (const piece of decodeAudio(pieces(bytes, size), { signal: never })) {
        lengths.push(piece.length);
      }
      expect(lengths).toEqual([16_000, 16_000, 8_000]);
    }
  });

  it("names the defect of a broken file", async () => {
    const good = writeWave({ sampleRate: 16_000, samples: tone(16_000) });
    const changed = (at: number, value: number) => {
      const bytes = good.slice();
      new DataView(bytes.buffer).setUint32(at, value, true);
      return bytes;
    };
    const cases: [Uint8Array, RegExp][] = [
      [new Uint8Array(0), /it is empty/],
      [good.subarray(0, 30), /ends before its sound/],
      [good.subarray(0, 44), /ends after 0 of 32000 bytes/],
      [changed(24, 200_000), /200000 Hz/],
      [changed(20, 1), /0 channels/],
      [changed(16, 5_000), /format of 5000 bytes/],
      [changed(12, 0), /sound comes before its format|ends before its sound/],
    ];
    for (const [bytes, message] of cases) {
      await expect(decode(bytes)).rejects.toMatchObject({
        code: "audio-unsupported",
        message: expect.stringMatching(message) as string,
      });
    }
  });

  it("hears what is there of a file that was cut short, and says so", async () => {
    const samples = tone(16_000);
    const good = writeWave({ sampleRate: 16_000, samples });
    const remarks: string[] = [];
    const onRemark = (remark: string) => remarks.push(remark);
    // The cut goes through a sample.
    const heard = await decode(good.subarray(0, 20_001), { onRemark });
    expect(heard).toEqual([...samples.subarray(0, 9_978)]);
    expect(remarks).toEqual([
      "file: it ends after 19957 of 32000 bytes of sound; what is there was heard",
    ]);
    await decode(good, { onRemark });
    expect(remarks).toHaveLength(1);
  });

  it("reads the sizes of files over 4 GB, and nothing after the sound", async () => {
    const { head, sound } = headAndSound(Int16Array.of(5, 6, 7));
    const sizes = Buffer.alloc(8 + 28);
    sizes.write("ds64", "latin1");
    sizes.writeUInt32LE(28, 4);
    sizes.writeUInt32LE(sound.length, 16);
    for (const tag of ["RF64", "BW64"]) {
      head.write(tag, "latin1");
      head.writeUInt32LE(0xff_ff_ff_ff, 40);
      const pieces = [head.subarray(0, 12), sizes, head.subarray(12), sound, Buffer.from("LISTxx")];
      expect([tag, await decode(Buffer.concat(pieces))]).toEqual([tag, [5, 6, 7]]);
    }
  });

  it("reads no further than the caller takes, and releases the file", async () => {
    let given = 0;
    let isFreed = false;
    async function* endless() {
      try {
        yield waveBytes({ coding: "pcm16", channels: [[]] });
        for (;;) {
          given += 3_200;
          yield await Promise.resolve(new Uint8Array(3_200));
        }
      } finally {
        isFreed = true;
      }
    }
    for await (const piece of decodeAudio(endless(), { signal: never })) {
      expect(piece.length).toBe(16_000);
      break;
    }
    expect(given).toBe(32_000);
    expect(isFreed).toBe(true);
  });

  it("is aborted while a file stalls", async () => {
    const controller = new AbortController();
    async function* stalled() {
      yield new Uint8Array(3);
      await new Promise(() => undefined);
    }
    const decoded = decode(stalled(), { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(decoded).rejects.toThrow("enough");
  });
});

/** Hash of samples as little-endian bytes, as the references below were made. */
function digest(samples: readonly number[]): string {
  const bytes = new Uint8Array(Int16Array.from(samples).buffer);
  return createHash("sha256").update(bytes).digest("hex").slice(0, 32);
}

/** Samples at the file's own rate, mixed to one channel. */
function native(bytes: Uint8Array): number[] {
  const wave = new WaveDecoder();
  return [...wave.push(bytes), ...wave.end().samples];
}

describe("decodeAudio of telephone codings", () => {
  const codes = Uint8Array.from({ length: 256 }, (_, code) => code);

  // Digests of what CPython's audioop gives for all 256 codes.
  it("decodes G.711 as its tables say", () => {
    for (const [coding, wanted] of [
      ["mu-law", "3dab54339e520bb2c924826e3b72a917"],
      ["a-law", "e04788d110e58ff8c70c93b8480190d9"],
    ] as const) {
      const bytes = Buffer.concat([
        waveHead({ sampleRate: 8_000, channels: 1, coding }, 256),
        codes,
      ]);
      expect([coding, digest(native(bytes))]).toEqual([coding, wanted]);
    }
  });

  // Files that libsndfile 1.2 wrote, and digests of what it decodes them to.
  it.each([
    ["ima-mono", 1_515, "00d3d495c19719d950172fb7f29d8baa"],
    ["ima-stereo", 1_515, "16ef5da5d0aad027e5c3547a91eec84b"],
    ["ms-mono", 1_500, "185971c264d7afb001f76b9c99fa01dd"],
    ["ms-stereo", 1_500, "6796e41a0c5f608d5dd117b02fe76e31"],
  ])("decodes the ADPCM of %s.wav", async (name, length, wanted) => {
    const bytes = readFileSync(new URL(`../fixtures/${name}.wav`, import.meta.url));
    const samples = native(bytes);
    expect([samples.length, digest(samples)]).toEqual([length, wanted]);
    expect(await decode(bytes)).toHaveLength(2 * length);
    // A block that was cut short is heard as far as it goes.
    const cut = native(bytes.subarray(0, bytes.length - 100));
    expect(cut.length).toBeGreaterThan(length - 250);
    expect(samples.slice(0, cut.length)).toEqual(cut);
  });

  it("decodes G.711 without a header when it is told the coding", async () => {
    for (const raw of ["a-law", "mu-law"] as const) {
      expect([raw, (await decode(new Uint8Array(800).fill(0x2a), { raw })).length]).toEqual([
        raw,
        1_600,
      ]);
    }
    // A header knows better.
    const wave = writeWave({ sampleRate: 16_000, samples: Int16Array.of(5, 6) });
    expect(await decode(wave, { raw: "mu-law" })).toEqual([5, 6]);
  });

  it("knows the coding by the media type, then by the name", () => {
    const cases = [
      ["audio/PCMU;rate=8000", "x", "mu-law"],
      ["audio/basic", "", "mu-law"],
      ["audio/x-alaw", "", "a-law"],
      ["application/octet-stream", "call.ulaw", "mu-law"],
      ["", "call.al", "a-law"],
      ["audio/mpeg", "call.ulaw", null],
      ["", "call.wav", null],
    ] as const;
    for (const [mediaType, name, wanted] of cases) {
      expect([mediaType, name, rawCodingOf({ mediaType, name })]).toEqual([
        mediaType,
        name,
        wanted,
      ]);
    }
  });

  it("refuses ADPCM whose blocks hold nothing", async () => {
    const bytes = readFileSync(new URL("../fixtures/ms-mono.wav", import.meta.url));
    bytes.writeUInt16LE(7, 32);
    await expect(decode(bytes)).rejects.toThrow("in blocks of 7 bytes");
  });
});

describe("decodeAudio of other files", () => {
  const echo = program("echo", "process.stdin.pipe(process.stdout)");
  const mp3 = new Uint8Array(40_001).fill(1);

  it("hands them to ffmpeg, and joins its output to samples", async () => {
    const samples = await decode(mp3, { ffmpeg: echo });
    expect(samples).toEqual(new Array(20_000).fill(257));
    // GSM, which WaveDecoder does not read.
    const gsm = writeWave({ sampleRate: 16_000, samples: tone(16_000) });
    gsm[20] = 49;
    expect((await decode(gsm, { ffmpeg: echo })).length).toBe(gsm.length / 2);
  });

  it("reports that ffmpeg is missing or cannot read them", async () => {
    await expect(decode(mp3, { ffmpeg: join(folder, "none") })).rejects.toMatchObject({
      code: "audio-unsupported",
      message: expect.stringContaining(
        "ffmpeg, which reads other formats, is not installed",
      ) as string,
    });
    const complaint = "console.error('[mov @ 0x1f] moov atom not found\\nmore'); process.exit(1)";
    await expect(decode(mp3, { ffmpeg: program("refusing", complaint) })).rejects.toMatchObject({
      code: "audio-unsupported",
      message: expect.stringMatching(/read it: moov atom not found$/u) as string,
    });
  });

  it("refuses a file without sound instead of returning silence", async () => {
    const empty = "process.stdin.resume().on('end', () => console.error('[mov] x: partial file'))";
    await expect(decode(mp3, { ffmpeg: program("empty", empty) })).rejects.toMatchObject({
      code: "audio-unsupported",
      message: expect.stringContaining("partial file") as string,
    });
  });

  it("keeps the samples from before ffmpeg closed its input", async () => {
    const brief = program(
      "brief",
      "process.stdout.write(Buffer.alloc(64)); process.stdin.destroy()",
    );
    expect(await decode(new Uint8Array(5_000_000).fill(1), { ffmpeg: brief })).toHaveLength(32);
  });

  it("throws errors of the source and aborts, and ends the program", async () => {
    async function* broken() {
      yield* pieces(mp3);
      throw new Error("upload broken");
    }
    await expect(decode(broken(), { ffmpeg: echo })).rejects.toThrow("upload broken");
    const controller = new AbortController();
    const second = "process.stdout.write(Buffer.alloc(32000)); setInterval(() => {}, 1000)";
    const options = { signal: controller.signal, ffmpeg: program("deaf", second) };
    const aborted = async () => {
      for await (const piece of decodeAudio(pieces(mp3), options)) {
        expect(piece.length).toBe(16_000);
        controller.abort(new Error("enough"));
      }
    };
    await expect(aborted()).rejects.toThrow("enough");
  });

  it("ends the program when the caller stops reading", async () => {
    const endless = "setInterval(() => process.stdout.write(Buffer.alloc(65536)), 1)";
    const source = decodeAudio(pieces(mp3), { signal: never, ffmpeg: program("endless", endless) });
    for await (const piece of source) {
      expect(piece.length).toBe(16_000);
      break;
    }
  });

  const ffmpeg = "ffmpeg";
  const hasFfmpeg = spawnSync(ffmpeg, ["-version"]).status === 0;
  it.skipIf(!hasFfmpeg)("reads files made by ffmpeg", async () => {
    const wave = writeWave({ sampleRate: 44_100, samples: tone(44_100) });
    for (const format of ["flac", "ogg", "webm", "mp3", "adts", "wav -c:a adpcm_ms"]) {
      const made = spawnSync(
        ffmpeg,
        ["-i", "pipe:0", "-f", ...format.split(" "), "-strict", "-2", "pipe:1"],
        { input: wave, maxBuffer: 1 << 24 },
      ).stdout;
      const samples = await decode(made);
      expect(Math.abs(samples.length - 16_000)).toBeLessThan(1_600);
      const loudest = Math.max(...samples.slice(4_000, 12_000));
      expect([format, Math.abs(loudest - 9_000) < 1_500]).toEqual([format, true]);
    }
    const playlist = new TextEncoder().encode("#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n");
    await expect(decode(playlist)).rejects.toMatchObject({ code: "audio-unsupported" });
  });
});
