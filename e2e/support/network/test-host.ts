import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How a program is started on a host: the command line that does it, with the program's process id. */
export type Command = readonly [program: string, parameters: string[]];

export type TestHostOptions = {
  name: string;
  /** Of Linux. */
  namespace: string;
  address: string;
  address6: string;
  /** The switch's end of its cable. */
  socket: { namespace: string; link: string };
  /** For files of its own. */
  folder: string;
};

/** One host of a test's network. */
export class TestHost {
  readonly name: string;
  readonly namespace: string;
  readonly address: string;
  /** Of IPv6. */
  readonly address6: string;
  readonly #options: TestHostOptions;
  /** Files that stand in the places of the machine's, by those places. */
  readonly #files = new Map<string, string>();
  #filesMade = 0;

  constructor(options: TestHostOptions) {
    this.name = options.name;
    this.namespace = options.namespace;
    this.address = options.address;
    this.address6 = options.address6;
    this.#options = options;
  }

  /** Names that programs know without asking which are started from now on, as of `/etc/hosts`. */
  setHosts(names: Readonly<Record<string, string>>): void {
    const lines = Object.entries(names).map(([name, address]) => `${address} ${name}`);
    this.#setFile("/etc/hosts", ["127.0.0.1 localhost", "::1 localhost", ...lines]);
  }

  /** Whom they ask for all other names. */
  setNameServer(address: string): void {
    this.#setFile("/etc/resolv.conf", [`nameserver ${address}`, "options timeout:1 attempts:2"]);
  }

  command(program: string, parameters: readonly string[] = []): Command {
    const mounts = [...this.#files].map(([place, file]) => `mount --bind ${file} ${place} && `);
    const within = [`--net=/run/netns/${this.namespace}`, "unshare", "--mount"];
    const script = `${mounts.join("")}exec "$@"`;
    return ["nsenter", [...within, "sh", "-c", script, "sh", program, ...parameters]];
  }

  /** A program's stand-in that runs it here, for whoever takes a path and no command line. */
  programFile(program: string): string {
    const [starter, parameters] = this.command(program);
    const words = [starter, ...parameters].map((word) => `'${word}'`).join(" ");
    const file = join(this.#options.folder, `${this.name}-${program.replaceAll(/\W/g, "-")}`);
    writeFileSync(file, `#!/bin/sh\nexec ${words} "$@"\n`);
    chmodSync(file, 0o755);
    return file;
  }

  /** Leaves it with IPv6 alone. */
  forgetIpv4(): void {
    const { namespace, address } = this;
    const words = ["-n", namespace, "address", "delete", `${address}/24`, "dev", "eth0"];
    execFileSync("ip", words, { stdio: "pipe" });
  }

  /** Pulls its cable: what is sent is lost, and nobody is told. */
  unplug(): void {
    this.#setCable("down");
  }

  plugIn(): void {
    this.#setCable("up");
  }

  #setCable(state: "up" | "down"): void {
    const { namespace, link } = this.#options.socket;
    execFileSync("ip", ["-n", namespace, "link", "set", link, state], { stdio: "pipe" });
  }

  #setFile(place: string, lines: readonly string[]): void {
    // Programs that run already keep theirs.
    const name = `${this.name}${place.replaceAll("/", "-")}-${++this.#filesMade}`;
    const file = join(this.#options.folder, name);
    writeFileSync(file, `${lines.join("\n")}\n`);
    this.#files.set(place, file);
  }
}
