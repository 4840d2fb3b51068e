/** Counted for each message besides its sound: what an object and its place in a queue take. */
const messageBytes = 320;
/** What one client may always have waiting: a minute of sound, or 6,000 messages without any. */
const ownBytes = 2 * 1_000 * 1_000;

/** What waits for the recogniser at all connections together. */
export class WaitingMessages {
  readonly #maxBytes: number;
  #bytes = 0;

  /** @param maxBytes of all clients, beyond which those who have much waiting are not read */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The account of one client. */
  open(): WaitingAccount {
    return new WaitingAccount(
      (bytes) => {
        this.#bytes += bytes;
      },
      () => this.#bytes > this.#maxBytes,
    );
  }
}

/** What one client has waiting. */
export class WaitingAccount {
  readonly #count: (bytes: number) => void;
  readonly #isServerFull: () => boolean;
  #bytes = 0;
  #isClosed = false;

  constructor(count: (bytes: number) => void, isServerFull: () => boolean) {
    this.#count = count;
    this.#isServerFull = isServerFull;
  }

  /** Whether nothing more should be read of this client. */
  get isFull(): boolean {
    return this.#bytes > ownBytes && this.#isServerFull();
  }

  /** @param soundBytes of the message */
  add(soundBytes: number): void {
    this.#change(messageBytes + soundBytes);
  }

  remove(soundBytes: number): void {
    this.#change(-messageBytes - soundBytes);
  }

  /** The client left: nothing of it waits any more. Idempotent. */
  close(): void {
    this.#change(-this.#bytes);
    this.#isClosed = true;
  }

  #change(bytes: number): void {
    if (this.#isClosed) return;
    this.#bytes += bytes;
    this.#count(bytes);
  }
}
