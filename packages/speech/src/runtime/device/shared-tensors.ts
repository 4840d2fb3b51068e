import type { Tensor } from "../tensors";
import { webgpuLock } from "./device-lock";

/**
 * Tensors on a device that several streams may share, since none is ever written to: freed once the
 * last owner has let go of them. Each owner calls `release` once.
 */
export class SharedTensors {
  readonly tensors: readonly Tensor[];
  readonly #onFreed: () => void;
  #owners = 1;

  /** @param onFreed called once, when the memory is given back */
  constructor(tensors: readonly Tensor[], onFreed: () => void = () => undefined) {
    this.tensors = tensors;
    this.#onFreed = onFreed;
  }

  /** Adds an owner. */
  share(): this {
    if (this.#owners === 0) throw new TypeError("these tensors are freed");
    this.#owners++;
    return this;
  }

  release(): void {
    if (this.#owners === 0) throw new TypeError("these tensors are freed already");
    this.#owners--;
    if (this.#owners > 0) return;
    freeTensors(this.tensors);
    this.#onFreed();
  }
}

/** Gives the memory of tensors back; those in this process's own memory are left to its collector. */
export function freeTensors(tensors: readonly Tensor[]): void {
  const kept = tensors.filter(({ location }) => location === "gpu-buffer");
  if (kept.length === 0) return;
  webgpuLock.useNow(() => {
    for (const tensor of kept) tensor.dispose();
  });
}
