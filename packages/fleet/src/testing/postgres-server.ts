import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, chownSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { systemClock } from "@parley/shared/async/clock";
import { debianProgram } from "./debian-program";
import { freePort } from "./free-port";
import { loopback, type Place } from "./place";

const program = debianProgram("initdb", "postgresql");

/** Why tests with a real PostgreSQL are left out; null where they can run. */
export const whyNoPostgres = "missing" in program ? program.missing : null;

/** PostgreSQL refuses to run as root; `nobody` is on every system. */
const user: { uid?: number; gid?: number } =
  process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** A PostgreSQL of its own, with one empty database, on loopback unless a place is given. */
export class PostgresServer {
  readonly port: number;
  readonly #place: Place;
  readonly #folder: string;
  #process: ChildProcess | null = null;

  static async start(place = loopback): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), "parley-postgres-"));
    const data = join(folder, "data");
    mkdirSync(data);
    const { uid, gid } = user;
    if (uid !== undefined && gid !== undefined)
      for (const path of [folder, data]) chownSync(path, uid, gid);
    const options = ["--auth=trust", "--username=parley", "--encoding=UTF8", "--no-locale"];
    execFileSync(pathOf("initdb"), [...options, "--no-sync", "-D", data], {
      ...user,
      cwd: folder,
      env: environment(),
      stdio: "pipe",
    });
    appendFileSync(join(data, "pg_hba.conf"), "host all all samenet trust\n");
    const server = new PostgresServer(place, await freePort(), folder);
    await server.resume();
    return server;
  }

  private constructor(place: Place, port: number, folder: string) {
    this.#place = place;
    this.port = port;
    this.#folder = folder;
  }

  get url(): string {
    return `postgres://parley@${this.#place.address}:${this.port}/postgres`;
  }

  /** Starts it again after `interrupt`, with what it had stored; resolves when it takes queries. */
  async resume(): Promise<void> {
    const settings = [
      `listen_addresses=${this.#place.address}`,
      `port=${this.port}`,
      "unix_socket_directories=",
      "log_min_messages=panic",
    ];
    while (!(await answers(this.#place.address, this.port))) {
      // After a kill, the first starts may find processes of the last one that still end.
      if (this.#process === null || this.#process.exitCode !== null) {
        const words = ["-D", join(this.#folder, "data"), ...settings.flatMap((one) => ["-c", one])];
        const [command, parameters] = this.#place.command(...asUser(pathOf("postgres"), words));
        this.#process = spawn(command, parameters, {
          cwd: this.#folder,
          env: environment(),
          stdio: "ignore",
        });
      }
      await systemClock.delay(50);
    }
  }

  /**
   * Ends it: `SIGQUIT` all of it at once, with nothing finished; `SIGKILL` its first process alone,
   * which the others follow; `SIGINT` as an operator does who restarts it.
   */
  async interrupt(signal: "SIGQUIT" | "SIGKILL" | "SIGINT" = "SIGQUIT"): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (running === null) return;
    const ended = once(running, "exit");
    running.kill(signal);
    await ended;
  }

  async stop(): Promise<void> {
    await this.interrupt("SIGINT");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Only root enters another place, so a program lets go of that by itself. */
function asUser(path: string, words: readonly string[]): [string, string[]] {
  const { uid, gid } = user;
  if (uid === undefined) return [path, [...words]];
  return ["setpriv", [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", path, ...words]];
}

function pathOf(name: string): string {
  if ("missing" in program) throw new Error(program.missing);
  return join(dirname(program.path), name);
}

function environment(): NodeJS.ProcessEnv {
  return "missing" in program ? {} : program.environment;
}

/** Whether it takes queries: while it starts or ends it answers the greeting with an error. */
function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    socket.once("connect", () => {
      socket.write(startupMessage);
    });
    socket.once("data", (data) => {
      socket.destroy();
      resolve(data.toString("latin1", 0, 1) === "R");
    });
    socket.once("error", () => {
      resolve(false);
    });
    socket.once("close", () => {
      resolve(false);
    });
  });
}

/** Length, protocol 3.0, and whom to let in; see "Message Formats" in PostgreSQL's documentation. */
const startupMessage = (() => {
  const words = Buffer.from("user\0parley\0database\0postgres\0\0", "latin1");
  const head = Buffer.alloc(8);
  head.writeInt32BE(head.length + words.length, 0);
  head.writeInt32BE(3 << 16, 4);
  return Buffer.concat([head, words]);
})();
