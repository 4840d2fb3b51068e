import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestHost } from "../support/network/test-host";
import { TestNetwork } from "../support/network/test-network";
import { readComposeFile, type Service } from "./compose-file";
import { programOf } from "./container-programs";
import { NameServer } from "./name-server";

/** Whose network media servers and Caddy have, as on a machine with Docker. */
const machineName = "machine";
/** Somebody's, in the same network. */
const guestName = "guest";
const stopMs = 15_000;

/**
 * The services of `docker/compose.yaml` with these profiles, without containers: each as a process with
 * the environment, the command and the network that it would have. A bridged one is on a host of its
 * own, and asks a name server for the others; published ports are passed on.
 */
export class ComposeRun {
  readonly #network: TestNetwork;
  readonly #folder = mkdtempSync(join(tmpdir(), "parley-compose-"));
  readonly #processes = new Map<string, ChildProcess>();
  readonly #services: readonly Service[];
  #nameServer: NameServer | null = null;

  /** @param variables those of `docker/.env` */
  static async start(
    profiles: readonly string[],
    variables: Readonly<Record<string, string>>,
  ): Promise<ComposeRun> {
    const all = { LOG_LEVEL: "warn", LOG_FORMAT: "readable", ...variables };
    const services = readComposeFile("docker/compose.yaml", profiles, all).filter(
      // Grafana has nothing to run in its place.
      ({ name }) => name !== "grafana",
    );
    const run = new ComposeRun(services);
    try {
      await run.#start(variables);
      return run;
    } catch (error) {
      await run.close();
      throw error;
    }
  }

  private constructor(services: readonly Service[]) {
    this.#services = services;
    // Folders of volumes are entered by users that are not root.
    chmodSync(this.#folder, 0o755);
    const bridged = services.filter(({ isOnHostNetwork }) => !isOnHostNetwork);
    this.#network = new TestNetwork([machineName, guestName, ...bridged.map(({ name }) => name)]);
  }

  /** The machine on which Docker would run. */
  get machine(): TestHost {
    return this.#network.host(machineName);
  }

  /** Another machine in its network, on which nothing runs. */
  get guest(): TestHost {
    return this.#network.host(guestName);
  }

  /** Runs a program of ours on the machine to its end, with what it prints in this terminal. */
  async onMachine(script: string, parameters: string[], environment = {}): Promise<void> {
    await this.on(this.machine, script, parameters, environment);
  }

  /** The same on another host. */
  async on(
    host: TestHost,
    script: string,
    parameters: string[],
    environment: NodeJS.ProcessEnv = {},
  ): Promise<void> {
    const words = ["--import", "tsx", script, ...parameters];
    const [program, rest] = host.command(process.execPath, words);
    const child = spawn(program, rest, {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "inherit", "inherit"],
    });
    const [code] = (await once(child, "exit")) as [number | null];
    if (code !== 0) throw new Error(`${script} ended with code ${String(code)}`);
  }

  /** Where a bridged service, or the machine, is reached. */
  addressOf(name: string): string {
    return this.#network.host(name).address;
  }

  /** Where the image keeps what a volume outlives. */
  folderOf(name: string): string {
    return join(this.#folder, name);
  }

  /** As `kill -9` does. */
  async kill(name: string): Promise<void> {
    await this.#end(name, "SIGKILL");
  }

  async close(): Promise<void> {
    // Media servers first, which complain of whatever has ended before them.
    const isLast = (name: string) => Number(!name.startsWith("media-server"));
    const names = [...this.#processes.keys()].toSorted((a, b) => isLast(a) - isLast(b));
    for (const name of names) await this.#end(name, "SIGTERM");
    this.#nameServer?.close();
    this.#network.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #start(variables: Readonly<Record<string, string>>): Promise<void> {
    const bridged = this.#services.filter(({ isOnHostNetwork }) => !isOnHostNetwork);
    const names = new Map<string, string[]>();
    for (const service of bridged) {
      for (const name of service.names) {
        names.set(name, [...(names.get(name) ?? []), this.addressOf(service.name)]);
      }
    }
    this.#nameServer = await NameServer.open(this.#network.ownAddress, names);
    // On a machine with Docker root binds these ports; here Caddy is nobody.
    const [program, parameters] = this.machine.command("sysctl", [
      ...["-q", "-w", "net.ipv4.ip_unprivileged_port_start=0"],
    ]);
    execFileSync(program, parameters, { stdio: "pipe" });
    this.#publishPorts(bridged);
    for (const service of this.#services) {
      mkdirSync(this.folderOf(service.name), { recursive: true });
      this.#run(service, variables);
    }
  }

  /** The host of a service, which knows the names that its container would. */
  #namesFor(service: Service): TestHost {
    const host = service.isOnHostNetwork ? this.machine : this.#network.host(service.name);
    const names = service.extraHosts.map((line) => {
      const [, name = "", address = ""] = /^([^:]+):(.+)$/.exec(line) ?? [];
      return [name, address === "host-gateway" ? this.machine.address : address] as const;
    });
    host.setHosts(Object.fromEntries(names));
    if (!service.isOnHostNetwork) host.setNameServer(this.#network.ownAddress);
    return host;
  }

  #publishPorts(services: readonly Service[]): void {
    const rules = services.flatMap((service) =>
      service.ports.map((port) => {
        const [, from = "", to = ""] = /^(.*):(\d+)$/.exec(port) ?? [];
        return `${from}=${this.addressOf(service.name)}:${to}`;
      }),
    );
    const script = ["--import", "tsx", "e2e/profiles/published-ports.process.ts", ...rules];
    const [program, parameters] = this.machine.command(process.execPath, script);
    const child = spawn(program, parameters, { stdio: ["ignore", "inherit", "inherit"] });
    this.#processes.set("published ports", child);
  }

  #run(service: Service, variables: Readonly<Record<string, string>>): void {
    const folder = this.folderOf(service.name);
    // Prometheus gets the key as a secret.
    const secret = { METRICS_KEY: variables.METRICS_KEY ?? "" };
    const placed = inFolder(
      { ...service, environment: { ...secret, ...service.environment } },
      folder,
    );
    const { program, parameters, environment, isOurs } = programOf(placed, folder);
    const [command, rest] = this.#namesFor(service).command(program, parameters);
    const { PATH = "", HOME = "" } = process.env;
    const child = spawn(command, rest, {
      env: { PATH, HOME, ...environment },
      stdio: [
        "ignore",
        ...(isOurs ? (["inherit", "inherit"] as const) : (["ignore", "ignore"] as const)),
      ],
    });
    this.#processes.set(service.name, child);
  }

  async #end(name: string, signal: NodeJS.Signals): Promise<void> {
    const child = this.#processes.get(name);
    this.#processes.delete(name);
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    const timer = setTimeout(() => child.kill("SIGKILL"), stopMs);
    await ended;
    clearTimeout(timer);
  }
}

/** A service whose volumes are folders below this one, wherever environment and command name them. */
function inFolder(service: Service, folder: string): Service {
  const places = service.volumes.flatMap((volume) => {
    const [, source = "", target = ""] = /^([^:]+):(\/[^:]+)/.exec(volume) ?? [];
    return source.startsWith(".") ? [] : [target];
  });
  const move = (text: string) => {
    const place = places.find((each) => text === each || text.startsWith(`${each}/`));
    return place === undefined ? text : join(folder, text);
  };
  for (const place of places) mkdirSync(join(folder, place), { recursive: true });
  const environment = Object.entries(service.environment).map(([name, value]) => {
    return [name, move(value)] as const;
  });
  return {
    ...service,
    environment: Object.fromEntries(environment),
    command: service.command.map(move),
  };
}
