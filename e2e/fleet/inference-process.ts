import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "@parley/fleet/testing/free-port";

const entry = fileURLToPath(new URL("../../apps/inference/src/main.ts", import.meta.url));

/** An inference worker in a process of its own, from its sources, on loopback. */
export class InferenceProcess {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #folder: string;

  static async start(environment: Record<string, string>): Promise<InferenceProcess> {
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), "parley-worker-"));
    const child = spawn(process.execPath, ["--import", "tsx", entry], {
      env: {
        ...process.env,
        INFERENCE_PORT: String(port),
        PARLEY_DATA: folder,
        RECOGNIZER_MODEL: "builtin",
        LOG_LEVEL: "warn",
        ...environment,
      },
      // The channel ends it with this process, however that dies.
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    return new InferenceProcess(child, `ws://127.0.0.1:${port}`, folder);
  }

  private constructor(child: ChildProcess, url: string, folder: string) {
    this.#child = child;
    this.url = url;
    this.#folder = folder;
  }

  /** Ends it as `kill -9` does. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  async stop(): Promise<void> {
    await this.#end("SIGTERM");
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill(signal);
    await ended;
  }
}
