import { AppError } from "@parley/shared/errors";
import type { WorkerLease } from "@parley/shared/protocol/worker-card";
import type { Adapter } from "@parley/speech/runtime/probe/adapter";
import type { DatabaseState } from "../ask-database";
import type { Machine } from "../machine";

/** Test double of a machine: has only the folders, files, ports and answers of the test. */
export class FakeMachine implements Machine {
  nodeVersion = "22.3.0";
  architecture = "x64";
  workingFolder = "/home/ann/parley";
  readonly folders = new Set(["/", "/home/ann/parley"]);
  readonly files = new Set<string>();
  readonly readOnly = new Set<string>();
  readonly texts = new Map<string, string>();
  /** Error codes of ports that cannot be opened, by their number. */
  readonly failures = new Map<number, string>();
  /** HTTP answers by address. */
  readonly answers = new Map<string, () => Promise<Response>>();

  adapter: Adapter = { kind: "none", reason: "there is no Vulkan loader (Debian: libvulkan1)" };

  readonly findAdapter = () => Promise.resolve({ adapter: this.adapter, problem: null });

  readonly kindOf = (path: string) => {
    const file = this.files.has(path) ? ("file" as const) : null;
    return Promise.resolve(this.folders.has(path) ? ("folder" as const) : file);
  };

  readonly canWrite = (path: string) => Promise.resolve(!this.readOnly.has(path));

  readonly canRun = (path: string) => Promise.resolve(this.files.has(path));

  readonly read = (path: string) => Promise.resolve(this.texts.get(path) ?? null);

  readonly list = (folder: string) => {
    const names = [...this.files]
      .filter((file) => file.startsWith(`${folder}/`))
      .map((file) => file.slice(folder.length + 1).split("/")[0] ?? "");
    return Promise.resolve([...new Set(names)]);
  };

  readonly listenBriefly = (port: number) => Promise.resolve(this.failures.get(port) ?? null);

  /** Names of the engines on other machines, by host; all others cannot be reached. */
  readonly engines = new Map<string, string>();

  readonly askRecognizer: Machine["askRecognizer"] = ({ url }) => this.#engineAt(url);

  readonly askVoice: Machine["askVoice"] = ({ url }) => this.#engineAt(url);

  /** The inference workers in NATS; null: it cannot be reached. */
  workers: WorkerLease[] | null = null;

  readonly askWorkers: Machine["askWorkers"] = () =>
    this.workers === null
      ? Promise.reject(new AppError("agent-unavailable", "connection refused"))
      : Promise.resolve(this.workers);

  /** The database; null: it cannot be reached. */
  database: DatabaseState | null = null;

  readonly askDatabase: Machine["askDatabase"] = () =>
    this.database === null
      ? Promise.reject(new Error("connection refused"))
      : Promise.resolve(this.database);

  /** Bytes left on the only disk; null when that is not known. */
  free: number | null = 50e9;
  /** Error codes of addresses that do not lead here, and of TURN servers that are not reached. */
  readonly unreachable = new Map<string, string>();
  /** Answers of TURN servers to requests, by host. */
  readonly turnServers = new Map<string, (request: Buffer) => Buffer>();

  readonly freeBytes = () => Promise.resolve(this.free);

  readonly reachesItself = (address: string) =>
    Promise.resolve(this.unreachable.get(address) ?? null);

  readonly dialTurn: Machine["dialTurn"] = ({ host }) => {
    const answer = this.turnServers.get(host);
    if (answer === undefined) {
      const code = this.unreachable.get(host) ?? "ECONNREFUSED";
      return Promise.reject(Object.assign(new Error("refused"), { code }));
    }
    const ask = (request: Buffer) => Promise.resolve(answer(request));
    return Promise.resolve({ ask, close: () => undefined });
  };

  fetch: Machine["fetch"] = (request) => {
    const url = request instanceof Request ? request.url : String(request);
    return this.answers.get(url)?.() ?? Promise.reject(new TypeError("fetch failed"));
  };

  #engineAt({ host }: URL): Promise<string> {
    const engine = this.engines.get(host);
    if (engine !== undefined) return Promise.resolve(engine);
    return Promise.reject(new AppError("agent-unavailable", `${host} cannot be reached`));
  }
}
