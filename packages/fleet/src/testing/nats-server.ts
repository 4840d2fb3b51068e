import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@parley/shared/async/clock";
import { debianProgram } from "./debian-program";
import { freePort } from "./free-port";
import { loopback, type Place } from "./place";

const program = debianProgram("nats-server", "nats-server");

/** Why tests with a real NATS are left out; null where they can run. */
export const whyNoNats = "missing" in program ? program.missing : null;

/** A NATS server of its own, with JetStream, on loopback unless a place is given. */
export class NatsServer {
  readonly port: number;
  readonly #place: Place;
  readonly #store: string;
  #process: ChildProcess | null = null;

  static async start(place = loopback): Promise<NatsServer> {
    const store = await mkdtemp(join(tmpdir(), "parley-nats-"));
    const server = new NatsServer(place, await freePort(), store);
    await server.resume();
    return server;
  }

  private constructor(place: Place, port: number, store: string) {
    this.#place = place;
    this.port = port;
    this.#store = store;
  }

  get url(): string {
    return `nats://${this.#place.address}:${this.port}`;
  }

  /** Starts it again after `interrupt`, with what it had stored. */
  async resume(): Promise<void> {
    if ("missing" in program) throw new Error(program.missing);
    const address = ["--addr", this.#place.address, "--port", String(this.port)];
    const options = [...address, "--jetstream", "--store_dir", this.#store];
    const { path, environment: env } = program;
    const [command, parameters] = this.#place.command(path, options);
    this.#process = spawn(command, parameters, { env, stdio: "ignore" });
    while (!(await answers(this.#place.address, this.port))) await systemClock.delay(20);
  }

  /** Kills it, as a crash does. */
  async interrupt(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (running === null) return;
    const ended = once(running, "exit");
    running.kill("SIGKILL");
    await ended;
  }

  async stop(): Promise<void> {
    await this.interrupt();
    await rm(this.#store, { recursive: true, force: true });
  }
}

/** Whether it greets, which it does once it takes requests. */
function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    socket.once("data", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}
