import { spawn } from "node:child_process";
import { once } from "node:events";
import { AppError } from "@parley/shared/errors";
import { SampleJoiner } from "@parley/audio/sample-joiner";
import type { Invocation } from "./recorders";

export type RecordOptions = Invocation & {
  program: string;
  environment: NodeJS.ProcessEnv;
  /** Aborting it ends the recording; `record` then returns normally. */
  stop: AbortSignal;
};

const maxComplaintCharacters = 2_000;

/**
 * Streams a microphone through a recording program. Breaking out of the loop ends the program.
 *
 * @returns 16 kHz mono samples in pieces of any length, until the program ends or is stopped
 * @throws AppError `audio-unsupported` with the program's last line of errors when it failed; the
 * reason of `stop` when it is aborted already
 */
export async function* record(options: RecordOptions): AsyncGenerator<Int16Array> {
  const { program, environment, stop } = options;
  stop.throwIfAborted();
  const child = spawn(program, options.arguments, {
    stdio: ["ignore", "pipe", "pipe"],
    env: environment,
  });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(0, maxComplaintCharacters);
  });
  // Without a listener a failed start would end the process.
  child.on("error", (error) => {
    complaint = error.message;
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on("close", resolve);
  });
  const end = () => child.kill();
  stop.addEventListener("abort", end, { once: true });
  try {
    const joiner = new SampleJoiner();
    for await (const bytes of child.stdout as AsyncIterable<Uint8Array>) yield joiner.push(bytes);
    const code = await ended;
    if (code === 0 || stop.aborted) return;
    const reason = complaint.trim().split("\n").at(-1) ?? "";
    throw new AppError("audio-unsupported", `${program}: ${reason === "" ? "it failed" : reason}`);
  } finally {
    stop.removeEventListener("abort", end);
    end();
    await ended;
  }
}

/** Runs a program that lists devices. @returns its output and errors together */
export async function listDevices(
  invocation: Invocation & { program: string },
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const { program } = invocation;
  const child = spawn(program, invocation.arguments, {
    stdio: ["ignore", "pipe", "pipe"],
    env: environment,
  });
  let list = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      list += text;
    });
  }
  try {
    // ffmpeg lists its devices and exits with an error, so the code is not checked.
    await once(child, "close");
  } catch (cause) {
    throw new AppError("not-found", `${program}, which lists the devices, is not installed`, {
      cause,
    });
  }
  return list;
}
