import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "@parley/shared/errors";
import { encodeAudio } from "@parley/audio/encoding/encode-audio";
import type { Player } from "./players";
import { writeSound } from "./write-sound";

export type Playing = {
  samples: AsyncIterable<Int16Array>;
  /** Hz. */
  sampleRate: number;
  environment: NodeJS.ProcessEnv;
  /** Aborting it stops the sound at once. */
  signal: AbortSignal;
};

const maxComplaintCharacters = 2_000;

/**
 * Plays sound while it is synthesised; resolves after its last sample.
 *
 * @throws AppError `audio-unsupported` with the program's last line of errors when it failed; errors
 * of `samples`; the signal's reason
 */
export async function play(player: Player, playing: Playing): Promise<void> {
  const { sampleRate, signal } = playing;
  const words = player.arguments(sampleRate);
  if (player.takes !== "file") {
    const format = player.takes === "wave" ? "wav" : "pcm";
    const sound = encodeAudio(playing.samples, { format, sampleRate, speed: 1, signal });
    await runPlayer(player.name, words, sound, playing);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), "parley-say-"));
  try {
    const path = join(folder, "speech.wav");
    await writeSound(path, playing);
    await runPlayer(player.name, [...words, path], null, playing);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runPlayer(
  program: string,
  words: readonly string[],
  sound: AsyncIterable<Uint8Array> | null,
  { environment, signal }: Playing,
): Promise<void> {
  signal.throwIfAborted();
  const child = spawn(program, words, { stdio: ["pipe", "ignore", "pipe"], env: environment });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(0, maxComplaintCharacters);
  });
  const ended = once(child, "close");
  ended.catch(() => undefined);
  const stop = () => child.kill("SIGKILL");
  signal.addEventListener("abort", stop, { once: true });
  // A failing program closes its input; its exit code is reported, not the broken pipe.
  let failure: unknown = null;
  const watched = withFailure(sound ?? Readable.from([]), (error) => {
    failure = error;
    stop();
  });
  try {
    await pipeline(Readable.from(watched), child.stdin).catch(() => undefined);
    const [code] = (await ended) as [number | null];
    signal.throwIfAborted();
    if (failure !== null) throw failure as Error;
    if (code === 0) return;
    const reason = complaint.trim().split("\n").at(-1) ?? "";
    throw new AppError("audio-unsupported", `${program}: ${reason === "" ? "it failed" : reason}`);
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
  }
}

/** Passes the sound on, and a failure of its source to `onFailure`. */
async function* withFailure(
  sound: AsyncIterable<Uint8Array>,
  onFailure: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* sound;
  } catch (error) {
    onFailure(error);
  }
}
