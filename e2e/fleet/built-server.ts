import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loopback, type Place } from "@parley/fleet/testing/place";
import { z } from "zod";

/** The media server says what is missing, inference alone whether it is ready. */
const readinessSchema = z.object({
  isReady: z.boolean(),
  /** Share of its capacity in use, of an inference worker. */
  load: z.number().optional(),
  missing: z.array(z.string()).optional(),
});

/** One of the two servers as it is built, in a process of its own, which may die and come back. */
export class BuiltServer {
  readonly #app: "inference" | "media-server";
  readonly #place: Place;
  readonly #readyUrl: string;
  readonly #environment: Record<string, string>;
  readonly #folder: string;
  #child: ChildProcess | null = null;

  /** @param port of the page, or of inference, where `/ready` answers */
  constructor(
    app: "inference" | "media-server",
    port: number,
    environment: Record<string, string>,
    place = loopback,
  ) {
    this.#app = app;
    this.#place = place;
    this.#readyUrl = `http://${place.address}:${port}/ready`;
    this.#environment = environment;
    this.#folder = mkdtempSync(join(tmpdir(), `parley-fleet-${app}-`));
  }

  /** Starts it, for the first time or again. */
  start(): void {
    const main = `apps/${this.#app}/dist/main.js`;
    const [command, parameters] = this.#place.command(process.execPath, [main]);
    this.#child = spawn(command, parameters, {
      env: {
        ...process.env,
        PARLEY_DATA: this.#folder,
        LOG_LEVEL: "fatal",
        ...this.#environment,
      },
      // The channel ends it with this process, however that dies.
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
  }

  /** Resolves when it could take a room, however busy the machine is. */
  async ready(): Promise<void> {
    while (((await this.missing()) ?? ["all"]).some((part) => part !== "capacity")) {
      if (typeof this.#child?.exitCode === "number")
        throw new Error(`${this.#app} ended before it was ready`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** What it lacks, as `/ready` says; null where nobody answers. */
  async missing(): Promise<string[] | null> {
    const answer = await this.#ask();
    if (answer === null) return null;
    return answer.missing ?? (answer.isReady ? [] : ["models"]);
  }

  /** Whether it has rooms, as an inference worker says. */
  async isBusy(): Promise<boolean> {
    return ((await this.#ask())?.load ?? 0) > 0;
  }

  /** As `kill -9` does. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** As an operator does. */
  async stop(): Promise<void> {
    await this.#end("SIGTERM");
  }

  async close(): Promise<void> {
    await this.#end("SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #ask(): Promise<z.infer<typeof readinessSchema> | null> {
    try {
      const answer = await fetch(this.#readyUrl, { signal: AbortSignal.timeout(2_000) });
      return readinessSchema.parse(await answer.json());
    } catch {
      return null;
    }
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }
}
