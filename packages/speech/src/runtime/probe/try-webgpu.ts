import { fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Adapter } from "./adapter";
import { cardName, softwareName } from "./adapter-name";
import { type Trial, trialSchema } from "./trial";

/** Beyond the start of a driver that has to wake a sleeping card. */
const limitMs = 30_000;

/** A trial's end: its last message, or how the process died (null: it was ended, too slow), and what it wrote. */
type Outcome = { trial: Trial | null; ending: string | null; complaint: string };

/**
 * Tries WebGPU in a child process and says what it found. Never rejects but with the signal's reason.
 *
 * @param environment variables of the child
 */
export async function tryWebgpu(
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
  platform: NodeJS.Platform = process.platform,
): Promise<Adapter> {
  return await adapterOf(await runTrial(environment, signal), platform);
}

/** What the outcome of a trial says about this machine. */
export async function adapterOf(
  { trial, ending, complaint }: Outcome,
  platform: NodeJS.Platform,
): Promise<Adapter> {
  if (trial === null && ending === null) {
    return { kind: "none", reason: `a trial had no answer within ${limitMs / 1_000} s` };
  }
  if (trial === null) {
    return { kind: "none", reason: `its driver ended a trial: ${String(ending)}`.slice(0, 500) };
  }
  if ("problem" in trial) {
    return { kind: "none", reason: reasonOf(trial.problem, complaint).slice(0, 500) };
  }
  const { devices, drivers, halfPrecision, tellsPlacement } = trial;
  const able = { halfPrecision, tellsPlacement };
  // Elsewhere the system tells nothing, and offers no software device before a card.
  if (platform !== "linux") return { kind: "card", name: "the graphics processor", ...able };
  if (devices.length > 0) return { kind: "card", name: await cardName(devices), ...able };
  return { kind: "software", name: softwareName(drivers), ...able };
}

function reasonOf(problem: string, complaint: string): string {
  if (complaint.includes("libvulkan.so.1: cannot open")) {
    return "there is no Vulkan loader (Debian: libvulkan1)";
  }
  if (problem.includes("No supported adapters")) {
    return "there is no Vulkan driver, or none with a device";
  }
  return problem.split("\n")[0] ?? problem;
}

function runTrial(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Outcome> {
  signal.throwIfAborted();
  const isSource = import.meta.url.endsWith(".ts");
  const extension = isSource ? "ts" : "js";
  const file = new URL(`./webgpu-trial.process.${extension}`, import.meta.url);
  const loader = () => pathToFileURL(createRequire(import.meta.url).resolve("tsx/esm")).href;
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(file), {
      env: environment,
      execArgv: isSource ? ["--import", loader()] : [],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      timeout: limitMs,
      killSignal: "SIGKILL",
    });
    let trial: Trial | null = null;
    let complaint = "";
    const stop = () => {
      child.kill("SIGKILL");
    };
    signal.addEventListener("abort", stop, { once: true });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(0, 10_000);
    });
    child.on("message", (message) => {
      trial = trialSchema.safeParse(message).data ?? null;
    });
    child.on("error", (error) => {
      complaint += error.message;
    });
    child.on("close", (code, ended) => {
      signal.removeEventListener("abort", stop);
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      // Killed by nobody but this process, once the time was up.
      const ending = child.killed ? null : String(ended ?? code ?? "no code");
      resolve({ trial, ending, complaint });
    });
  });
}
