import { Gate } from "@parley/shared/async/gate";

/** How much of an answer's text its consumer has taken, which runs behind what was read of it. */
export class TakenText {
  readonly #gate = new Gate();
  #characters = 0;
  #wanted = 0;

  /** The consumer has taken so much more. */
  add(characters: number): void {
    this.#characters += characters;
    if (this.#characters >= this.#wanted) this.#gate.open();
  }

  /**
   * Resolves once that much was taken in all, for one waiter at a time; rejects with the signal's
   * reason when aborted first.
   */
  async reached(characters: number, signal: AbortSignal): Promise<void> {
    this.#wanted = characters;
    if (this.#characters < characters) this.#gate.shut();
    else this.#gate.open();
    await this.#gate.passed(signal);
  }
}
