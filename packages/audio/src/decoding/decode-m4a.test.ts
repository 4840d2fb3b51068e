import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { writeWave } from "../wave/write-wave";
import { decodeAudio, type DecodeAudioOptions } from "./decode-audio";

const ffmpeg = "ffmpeg";
const never = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), "decode-m4a-"));
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

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1_000) {
    yield await Promise.resolve(bytes.subarray(at, at + 1_000));
  }
}

async function decode(
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  options: Partial<DecodeAudioOptions> = {},
): Promise<number[]> {
  const samples: number[] = [];
  const source = bytes instanceof Uint8Array ? pieces(bytes) : bytes;
  for await (const piece of decodeAudio(source, { signal: never, ...options })) {
    samples.push(...piece);
  }
  return samples;
}

describe("decodeAudio of an M4A whose index is at its end", () => {
  /** Boxes `ftyp`, `mdat` with sound, and an empty `moov`, as phones write them. */
  const sound = Buffer.alloc(400_000, 1);
  const boxOf = (type: string, content: Buffer) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(8 + content.length, 0);
    head.write(type, 4, "latin1");
    return Buffer.concat([head, content]);
  };
  const m4a = Buffer.concat([
    boxOf("ftyp", Buffer.from("M4A \0\0\0\0")),
    boxOf("mdat", sound),
    boxOf("moov", Buffer.alloc(8)),
  ]);
  const spooled = () => readdirSync(tmpdir()).filter((name) => name.startsWith("parley-sound-"));
  const fromPath = program(
    "from-path",
    `const at = process.argv.indexOf("-i") + 1;
     const path = process.argv[at].replace(/^file:/u, "");
     console.error(process.argv[process.argv.indexOf("-protocol_whitelist") + 1]);
     require("node:fs").createReadStream(path).pipe(process.stdout);`,
  );

  it("lets ffmpeg read it from a temporary file, which is gone afterwards", async () => {
    const before = spooled();
    const samples = await decode(m4a, { ffmpeg: fromPath });
    expect(samples).toHaveLength(m4a.length / 2);
    expect(samples[1_000]).toBe(257);
    expect(spooled()).toEqual(before);
  });

  it("keeps no more than the limit on the disk, and nothing after a failure", async () => {
    const before = spooled();
    const refused = decode(m4a, { ffmpeg: fromPath, maxSpooledBytes: 300_000 });
    await expect(refused).rejects.toMatchObject({ code: "frame-too-large" });
    await expect(decode(m4a, { ffmpeg: join(folder, "none") })).rejects.toThrow("not installed");
    async function* broken() {
      yield* pieces(m4a.subarray(0, 100_000));
      throw new Error("upload broken");
    }
    await expect(decode(broken(), { ffmpeg: fromPath })).rejects.toThrow("upload broken");
    expect(spooled()).toEqual(before);
  });

  it("gives one with its index first to ffmpeg as it comes", async () => {
    const first = Buffer.concat([boxOf("ftyp", Buffer.alloc(8)), boxOf("moov", sound)]);
    expect(
      await decode(first, { ffmpeg: program("echo", "process.stdin.pipe(process.stdout)") }),
    ).toHaveLength(first.length / 2);
  });

  it.skipIf(spawnSync(ffmpeg, ["-version"]).status !== 0)("reads a minute of it", async () => {
    const path = join(folder, "made.m4a");
    const input = writeWave({ sampleRate: 16_000, samples: new Int16Array(960_000).fill(500) });
    spawnSync(ffmpeg, ["-i", "pipe:0", "-c:a", "aac", path], { input, maxBuffer: 1 << 24 });
    const samples = await decode(readFileSync(path));
    expect(Math.abs(samples.length - 960_000)).toBeLessThan(3_200);
  });
});
