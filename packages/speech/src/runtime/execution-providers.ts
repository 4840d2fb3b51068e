import { errorMessage } from "@parley/shared/errors";
import type { GraphPlacement } from "../contracts/graph-placement";
import { onnxruntime } from "./onnxruntime";

/** Names of onnxruntime's execution providers. */
export const executionProviders = ["cpu", "cuda", "tensorrt", "webgpu", "coreml"] as const;
export type ExecutionProvider = (typeof executionProviders)[number];

/** Providers whose operators without a kernel of their own go to the next one named here. */
const helpers: Partial<Record<ExecutionProvider, ExecutionProvider>> = { tensorrt: "cuda" };

/** How a model may use an accelerator. Plain data, since it crosses to the model's thread. */
export type DeviceSettings = {
  /** Bytes that the model's weights and states may take there; no limit when left out. */
  memoryBytes?: number | undefined;
  /**
   * Whether the first run of each graph is to tell which nodes are computed there; not when left out.
   * It is profiled for that, which a driver should have survived in a trial.
   */
  tellsPlacement?: boolean | undefined;
};

/** Of nodes in the midst of a graph, as many as one line of a log can name. */
const namedNodes = 5;

/**
 * The execution providers of one model, tried graph by graph: onnxruntime throws for one whose
 * libraries are missing, instead of using the next. A provider that failed is not tried again.
 */
export class ProviderFallback {
  #left: readonly ExecutionProvider[];
  readonly #remarks: string[] = [];
  readonly #memoryBytes: number;
  readonly #placements: GraphPlacement[] = [];
  #heldBytes = 0;

  /** Whether first runs are to be profiled, for `notePlacement`. */
  readonly tellsPlacement: boolean;

  /** @param wanted best first; the CPU is always the last */
  constructor(
    wanted: readonly ExecutionProvider[],
    { memoryBytes = Infinity, tellsPlacement = false }: DeviceSettings = {},
  ) {
    const known = new Set(
      onnxruntime()
        .listSupportedBackends()
        .map(({ name }) => name),
    );
    // What comes after the CPU is never reached.
    const end = wanted.indexOf("cpu");
    const accelerators = end === -1 ? wanted : wanted.slice(0, end);
    // onnxruntime ignores unknown names, with a warning on the console.
    for (const name of accelerators) {
      if (!known.has(name)) this.#remarks.push(`${name} is not available on this platform`);
    }
    this.#left = [...accelerators.filter((name) => known.has(name)), "cpu"];
    this.#memoryBytes = memoryBytes;
    this.tellsPlacement = tellsPlacement;
  }

  /** Messages for operators: which providers were not used, and why. */
  get remarks(): readonly string[] {
    return this.#remarks;
  }

  /** Where the graphs that ran on an accelerator so far have their nodes. */
  get placements(): readonly GraphPlacement[] {
    return this.#placements;
  }

  /** The provider that graphs are opened with at present. */
  get inUse(): ExecutionProvider {
    return this.#left[0] ?? "cpu";
  }

  /** Bytes that the model may still take on its device; infinite without a limit. */
  get freeBytes(): number {
    return Math.max(0, this.#memoryBytes - this.#heldBytes);
  }

  /**
   * Calls `create` with the best remaining provider and the CPU behind it, and after each rejection
   * with the next. Rejects as the last call did, on the CPU alone: then the graph is at fault, not a
   * provider.
   *
   * @param weightBytes size of the graph's weights; one too large for the limit is left to the CPU
   */
  async use<Session>(
    create: (providers: readonly ExecutionProvider[]) => Promise<Session>,
    weightBytes = 0,
  ): Promise<Session> {
    const failures: string[] = [];
    for (let left = this.#left; ; left = left.slice(1)) {
      const [provider = "cpu"] = left;
      if (provider !== "cpu" && weightBytes > this.freeBytes) {
        failures.push(`${provider} is not used: ${this.#overLimit(weightBytes)}`);
        continue;
      }
      try {
        const session = await create(sessionProviders(left));
        this.#left = left;
        this.#remarks.push(...failures);
        if (provider !== "cpu") this.#heldBytes += weightBytes;
        return session;
      } catch (error) {
        if (provider === "cpu") throw error;
        const [reason = ""] = errorMessage(error).split("\n");
        failures.push(`${provider} cannot be used: ${reason.slice(0, 200)}`);
      }
    }
  }

  /** Leaves the model to the processor, before a graph is opened, for a reason that operators are told. */
  giveUp(reason: string): void {
    if (this.inUse === "cpu") return;
    this.#remarks.push(`${this.inUse} is not used: ${reason}`);
    this.#left = ["cpu"];
  }

  /** Tells operators something about a device. @param remark begins with its provider */
  remark(remark: string): void {
    this.#remarks.push(remark);
  }

  /** Keeps what a graph's first run has told; a device that waits in the midst is worth a remark. */
  notePlacement(provider: ExecutionProvider, placement: GraphPlacement): void {
    this.#placements.push(placement);
    const { graph, partitions, inTheMidst } = placement;
    if (partitions < 2) return;
    const named = inTheMidst.slice(0, namedNodes).join(", ");
    const others = inTheMidst.length - namedNodes;
    const more = others > 0 ? ` and ${others} more` : "";
    this.#remarks.push(
      `${provider} computes ${graph} in ${partitions} partitions and waits for the processor between ` +
        `them: ${named}${more}`,
    );
  }

  #overLimit(bytes: number): string {
    const megabytes = (count: number) => Math.ceil(count / 2 ** 20);
    const limit = `${megabytes(this.#memoryBytes)} MiB`;
    return `${megabytes(this.#heldBytes + bytes)} MiB of weights are over the limit of ${limit}`;
  }
}

/** Two accelerators in one session would hand tensors to each other over the bus. */
function sessionProviders(left: readonly ExecutionProvider[]): readonly ExecutionProvider[] {
  const [provider = "cpu", ...others] = left;
  if (provider === "cpu") return ["cpu"];
  const helper = helpers[provider];
  return [provider, ...(helper !== undefined && others.includes(helper) ? [helper] : []), "cpu"];
}
