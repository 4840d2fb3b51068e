import { spawn } from "node:child_process";
import { once } from "node:events";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "@parley/shared/errors";
import { sampleBytes } from "../sample-bytes";

/** ffmpeg's output arguments for each format. */
const outputs = {
  flac: ["-c:a", "flac", "-f", "flac"],
  aac: ["-c:a", "aac", "-b:a", "64k", "-f", "adts"],
} as const;
export type FfmpegFormat = keyof typeof outputs;

export type FfmpegEncoding = {
  format: FfmpegFormat;
  /** Hz of input and output. */
  sampleRate: number;
  signal: AbortSignal;
  /** The name or path of the program; "ffmpeg" unless given. */
  program?: string;
};

const maxComplaintCharacters = 2_000;

/**
 * Encodes through pipes while the sound is made. Breaking out of the loop ends the program.
 *
 * @throws AppError `audio-unsupported` when the program is missing, `internal` when it fails;
 * errors of `samples`; the signal's reason
 */
export async function* encodeWithFfmpeg(
  samples: AsyncIterable<Int16Array>,
  { format, sampleRate, signal, program = "ffmpeg" }: FfmpegEncoding,
): AsyncGenerator<Uint8Array> {
  signal.throwIfAborted();
  const child = spawn(
    program,
    [
      ...["-nostdin", "-hide_banner", "-loglevel", "error", "-threads", "1"],
      ...["-f", "s16le", "-ar", String(sampleRate), "-ac", "1", "-i", "pipe:0"],
      ...outputs[format],
      ...["-flush_packets", "1", "pipe:1"],
    ],
    { stdio: ["pipe", "pipe", "pipe"] },
  );
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(0, maxComplaintCharacters);
  });
  const ended = once(child, "close");
  // Awaited below; after a break its rejection is ignored.
  ended.catch(() => undefined);
  const fed = pipeline(Readable.from(bytesOf(samples)), child.stdin, { signal });
  const failed = fed.then(
    () => null,
    (error: unknown) => {
      child.kill("SIGKILL");
      return error instanceof Error ? error : new Error(String(error));
    },
  );
  try {
    yield* child.stdout as AsyncIterable<Uint8Array>;
    const cause = await failed;
    signal.throwIfAborted();
    const [code] = (await ended.catch((error: unknown) => {
      const message = `${format} needs ffmpeg, which is not installed`;
      throw new AppError("audio-unsupported", message, { cause: error });
    })) as [number | null];
    // An error of the source is thrown as it is; the program's, with its messages.
    if (code === null && cause !== null) throw cause;
    if (code !== 0 || cause !== null) {
      throw new AppError("internal", `ffmpeg: ${complaint.trim()}`, { cause });
    }
  } finally {
    child.kill("SIGKILL");
    await ended.catch(() => undefined);
  }
}

async function* bytesOf(samples: AsyncIterable<Int16Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of samples) {
    if (piece.length > 0) yield sampleBytes(piece);
  }
}
