import type { ExecutionProvider } from "../execution-providers";
import type { Adapter } from "./adapter";

/** Where a model is to compute, and why not elsewhere. */
export type ProviderChoice = {
  providers: readonly ExecutionProvider[];
  /** For operators; empty where the wish is granted. */
  reasons: readonly string[];
};

/**
 * The providers of a model.
 *
 * @param wanted as a setting names them; undefined for the best that the machine has
 * @param adapter what WebGPU found here
 */
export function chooseProviders(
  wanted: readonly ExecutionProvider[] | undefined,
  adapter: Adapter,
): ProviderChoice {
  if (wanted === undefined) {
    if (adapter.kind === "card") return { providers: ["webgpu", "cpu"], reasons: [] };
    return { providers: ["cpu"], reasons: [whyNot(adapter)] };
  }
  if (!wanted.includes("webgpu") || adapter.kind === "card") {
    return { providers: wanted, reasons: [] };
  }
  // A device in software is slow, but somebody asked for it; a driver that crashes ends the process.
  if (adapter.kind === "software") return { providers: wanted, reasons: [whyNot(adapter)] };
  const others = wanted.filter((provider) => provider !== "webgpu");
  return { providers: others.length > 0 ? others : ["cpu"], reasons: [whyNot(adapter)] };
}

/**
 * The providers of an engine that is not held to the processor's results under WebGPU: what a setting
 * names, but no card by itself. Nobody shall hear wrong words, or a wrong voice, for having one.
 */
export function untriedProviders(
  wanted: readonly ExecutionProvider[] | undefined,
  choice: ProviderChoice,
): readonly ExecutionProvider[] {
  return wanted === undefined ? ["cpu"] : choice.providers;
}

function whyNot(adapter: Exclude<Adapter, { kind: "card" }>): string {
  return adapter.kind === "software"
    ? `webgpu would compute in software (${adapter.name}), slower than the processor`
    : `webgpu cannot be used: ${adapter.reason}`;
}

/** A device for people: "webgpu on NVIDIA H200". */
export function deviceTitle(provider: string, adapter: Adapter): string {
  return provider === "webgpu" && adapter.kind !== "none"
    ? `${provider} on ${adapter.name}`
    : provider;
}
