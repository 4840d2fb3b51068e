import { listSupportedBackends } from "onnxruntime-node";
import { errorMessage } from "@parley/shared/errors";

/** Names of onnxruntime's execution providers. */
export const executionProviders = ["cpu", "cuda", "tensorrt", "webgpu", "coreml"] as const;
export type ExecutionProvider = (typeof executionProviders)[number];

/**
 * The execution providers of one model, tried graph by graph: onnxruntime throws for one whose
 * libraries are missing, instead of using the next. A provider that failed is not tried again.
 */
export class ProviderFallback {
  #left: readonly ExecutionProvider[];
  readonly #remarks: string[] = [];

  /** @param wanted best first; the CPU is always the last */
  constructor(wanted: readonly ExecutionProvider[]) {
    const known = new Set(listSupportedBackends().map(({ name }) => name));
    const accelerators = wanted.filter((name) => name !== "cpu");
    // onnxruntime ignores unknown names, with a warning on the console.
    for (const name of accelerators) {
      if (!known.has(name)) this.#remarks.push(`${name} is not available on this platform`);
    }
    this.#left = [...accelerators.filter((name) => known.has(name)), "cpu"];
  }

  /** Messages for operators: which providers were not used, and why. */
  get remarks(): readonly string[] {
    return this.#remarks;
  }

  /**
   * Calls `create` with the remaining providers, with one fewer after each rejection. Rejects as
   * the last call did, on the CPU alone: then the graph is at fault, not a provider.
   */
  async use<Session>(
    create: (providers: readonly ExecutionProvider[]) => Promise<Session>,
  ): Promise<Session> {
    const failures: string[] = [];
    for (let left = this.#left; ; left = left.slice(1)) {
      try {
        const session = await create(left);
        this.#left = left;
        this.#remarks.push(...failures);
        return session;
      } catch (error) {
        const [provider] = left;
        if (provider === undefined || provider === "cpu") throw error;
        const [reason = ""] = errorMessage(error).split("\n");
        failures.push(`${provider} cannot be used: ${reason.slice(0, 200)}`);
      }
    }
  }
}
