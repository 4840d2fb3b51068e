import { whenAborted } from "./when-aborted";

/** Holds back what must not happen before a reply has the floor. */
export class FloorGate {
  #isOpen = false;
  #waiting: (() => void)[] = [];

  get isOpen(): boolean {
    return this.#isOpen;
  }

  open(): void {
    this.#isOpen = true;
    for (const go of this.#waiting.splice(0)) go();
  }

  /** What comes after this waits again. */
  shut(): void {
    this.#isOpen = false;
  }

  /** Resolves once the gate is open; rejects with the signal's reason when aborted first. */
  async passed(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#isOpen) return;
    const opened = new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
    await Promise.race([opened, whenAborted(signal)]);
  }
}
