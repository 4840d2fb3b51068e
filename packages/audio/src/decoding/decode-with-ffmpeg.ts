import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { AppError } from "@parley/shared/errors";
import { SampleJoiner } from "../sample-joiner";

export type FfmpegOptions = {
  /** The name or path of the program. */
  program: string;
  signal: AbortSignal;
};

type Ffmpeg = ChildProcessByStdio<Writable, Readable, Readable>;

/** Limit on the part of ffmpeg's messages that is kept; enough for the first one. */
const maxComplaintCharacters = 2_000;

/**
 * Formats and protocols are restricted, since files are untrusted: a playlist could make ffmpeg read
 * other files and addresses. Only formats that hold sound themselves pass, and no protocol but pipes,
 * or files for a file; ffmpeg's MP4 reader follows no reference to another one unless it is told to.
 */
const formats =
  "aac,ac3,aiff,amr,asf,au,caf,eac3,flac,flv,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,mpeg,mpegts,ogg,w64,wav,wv";

/** A file's bytes as they come, or where it lies. */
type Source = AsyncIterable<Uint8Array> | { path: string };

function argumentsFor(source: Source): string[] {
  const [protocol, input] = "path" in source ? ["file", `file:${source.path}`] : ["pipe", "pipe:0"];
  return [
    ...["-nostdin", "-hide_banner", "-loglevel", "error", "-threads", "1"],
    ...["-protocol_whitelist", protocol, "-format_whitelist", formats, "-i", input],
    ...["-map", "0:a:0", "-threads", "1", "-ac", "1", "-ar", "16000"],
    ...["-f", "s16le", "-c:a", "pcm_s16le", "pipe:1"],
  ];
}

/**
 * Decodes a file of any format that ffmpeg reads, through pipes: neither side is read further than
 * the other has taken, and nothing touches the disk. Breaking out of the loop ends the program.
 *
 * @param source its bytes, or its path, from which it can be read backwards
 * @returns 16 kHz mono samples, in pieces of any length
 * @throws AppError `audio-unsupported` when the program is missing or cannot read the file;
 * errors of `bytes`; the signal's reason
 */
export async function* decodeWithFfmpeg(
  source: Source,
  { program, signal }: FfmpegOptions,
): AsyncGenerator<Int16Array> {
  signal.throwIfAborted();
  const child = await start(program, argumentsFor(source));
  const complaint = complaintOf(child);
  const ended = once(child, "close");
  const stop = () => child.kill("SIGKILL");
  signal.addEventListener("abort", stop);
  const fed = feed("path" in source ? nothing() : source, child);
  // Awaited below; after a break or an abort its rejection is ignored.
  fed.catch(() => undefined);
  try {
    const joiner = new SampleJoiner();
    let isSilent = true;
    for await (const piece of child.stdout as AsyncIterable<Uint8Array>) {
      isSilent = false;
      yield joiner.push(piece);
    }
    signal.throwIfAborted();
    await fed;
    const [code] = (await ended) as [number | null];
    // ffmpeg exits with 0 also when it found no sound.
    if (code !== 0 || (isSilent && complaint() !== "")) throw unsupported(complaint());
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
    await ended;
  }
}

async function start(program: string, words: readonly string[]): Promise<Ffmpeg> {
  const child = spawn(program, words, { stdio: ["pipe", "pipe", "pipe"] });
  try {
    await once(child, "spawn");
  } catch (cause) {
    const message =
      "file: it is no WAVE file of PCM, floats, G.711 or ADPCM, and ffmpeg, which reads other formats, is not installed";
    throw new AppError("audio-unsupported", message, { cause });
  }
  // Killing a program that has ended fails.
  child.on("error", () => undefined);
  return child;
}

/**
 * Writes the file to the program. The program may close its input early; its exit code then decides.
 * An error of `bytes` ends the program.
 */
async function feed(bytes: AsyncIterable<Uint8Array>, child: Ffmpeg): Promise<void> {
  const { stdin } = child;
  stdin.on("error", () => undefined);
  try {
    for await (const piece of bytes) {
      if (!stdin.write(piece)) await drained(stdin);
      if (stdin.destroyed) return;
    }
    stdin.end();
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // The file is read by its path.
}

function drained(stdin: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stdin.off("drain", done);
      stdin.off("close", done);
      resolve();
    };
    stdin.on("drain", done);
    stdin.on("close", done);
    if (stdin.closed) done();
  });
}

function complaintOf(child: Ffmpeg): () => string {
  let text = "";
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (piece: string) => {
    text = (text + piece).slice(0, maxComplaintCharacters);
  });
  return () => text;
}

/** The error with the first line of the complaint: `[mov,mp4 @ 0x5581…] moov atom not found`. */
function unsupported(complaint: string): AppError {
  const [line = ""] = complaint.trim().split("\n");
  const reason = line.replace(/^\[[^\]]*\] /u, "").replace(/^(?:pipe|file):\S+: /u, "");
  return new AppError("audio-unsupported", `file: ffmpeg cannot read it: ${reason}`);
}
