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

/** What it says about a file; enough for its first complaint. */
const maxComplaintCharacters = 2_000;

/**
 * Files come from anybody. Playlists could name other files and addresses to be read, so only
 * formats that hold sound themselves are let in, and no protocol but the pipe.
 */
const formats =
  "aac,ac3,aiff,amr,asf,au,caf,eac3,flac,flv,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,mpeg,mpegts,ogg,w64,wav,wv";
const argumentsForPipe = [
  ...["-nostdin", "-hide_banner", "-loglevel", "error", "-threads", "1"],
  ...["-protocol_whitelist", "pipe", "-format_whitelist", formats, "-i", "pipe:0"],
  ...["-map", "0:a:0", "-threads", "1", "-ac", "1", "-ar", "16000"],
  ...["-f", "s16le", "-c:a", "pcm_s16le", "pipe:1"],
];

/**
 * Decodes a file of any format that ffmpeg reads, through pipes: neither side is read further than
 * the other has taken, and nothing touches the disk. Breaking out of the loop ends the program.
 *
 * @returns 16 kHz mono samples, in pieces of any length
 * @throws AppError `audio-unsupported` when the program is not there or cannot read the file; what
 * the bytes throw; the signal's reason
 */
export async function* decodeWithFfmpeg(
  bytes: AsyncIterable<Uint8Array>,
  { program, signal }: FfmpegOptions,
): AsyncGenerator<Int16Array> {
  signal.throwIfAborted();
  const child = await start(program);
  const complaint = complaintOf(child);
  const ended = once(child, "close");
  const stop = () => child.kill("SIGKILL");
  signal.addEventListener("abort", stop);
  const fed = feed(bytes, child);
  // Awaited where it matters; after a break or an abort it is of no interest.
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
    // It takes a file for read of which it found no sound at all.
    if (code !== 0 || (isSilent && complaint() !== "")) throw unsupported(complaint());
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
    await ended;
  }
}

async function start(program: string): Promise<Ffmpeg> {
  const child = spawn(program, argumentsForPipe, { stdio: ["pipe", "pipe", "pipe"] });
  try {
    await once(child, "spawn");
  } catch (cause) {
    const message =
      "file: it is no WAVE file of PCM or float samples, and ffmpeg, which reads other formats, is not installed";
    throw new AppError("audio-unsupported", message, { cause });
  }
  // A kill that comes too late.
  child.on("error", () => undefined);
  return child;
}

/**
 * A program that has read enough, or complains, closes its input: that is told by how it ends. What
 * the bytes throw ends the program.
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

/** Its first line says most: `[mov,mp4 @ 0x5581…] moov atom not found`. */
function unsupported(complaint: string): AppError {
  const [line = ""] = complaint.trim().split("\n");
  const reason = line.replace(/^\[[^\]]*\] /u, "").replace(/^pipe:0: /u, "");
  const isIndexAtEnd = /moov atom not found|: partial file/u.test(complaint);
  const advice = isIndexAtEnd
    ? "; an M4A or MP4 must have its index at its beginning (-movflags +faststart)"
    : "";
  return new AppError("audio-unsupported", `file: ffmpeg cannot read it: ${reason}${advice}`);
}
