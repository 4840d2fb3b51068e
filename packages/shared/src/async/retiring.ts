/** Something that is closed once it is retired and its last user has left. */
export class Retiring<Value extends { close?(): Promise<void> }> {
  readonly value: Value;
  #users = 0;
  #isRetired = false;

  constructor(value: Value) {
    this.value = value;
  }

  /** Retired, and left by all. */
  get isGone(): boolean {
    return this.#isRetired && this.#users === 0;
  }

  enter(): void {
    this.#users++;
  }

  leave(): void {
    this.#users--;
    this.#closeIfDeserted();
  }

  retire(): void {
    this.#isRetired = true;
    this.#closeIfDeserted();
  }

  #closeIfDeserted(): void {
    // Nobody waits for it: its memory is freed even if this rejects.
    if (this.isGone) this.value.close?.().catch(() => undefined);
  }
}
