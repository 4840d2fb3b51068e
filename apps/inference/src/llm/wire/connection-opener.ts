import type { Clock } from "@parley/shared/async/clock";

export type ConnectionOpenerOptions = {
  /** Address up to and including `/v1`. */
  baseUrl: string;
  apiKey: string | null;
  clock: Clock;
  /** Ends a connection that is being opened. */
  signal: AbortSignal;
};

/** Node keeps an idle connection for 4 s, and vLLM for 5: who asks within this still has it. */
const keptMs = 3_000;
const answerLimitMs = 5_000;

/**
 * Opens a connection to a chat server while somebody speaks, so that the answer, which Node's `fetch`
 * asks for over an idle one, waits for no handshake: of TLS with a server far away two round trips.
 */
export class ConnectionOpener {
  readonly #options: ConnectionOpenerOptions;
  #openedAtMs = -Infinity;

  constructor(options: ConnectionOpenerOptions) {
    this.#options = options;
  }

  /** Returns at once; a server that cannot be reached is noticed by others. */
  open(): void {
    const { clock } = this.#options;
    if (clock.now() - this.#openedAtMs < keptMs) return;
    this.#openedAtMs = clock.now();
    this.#ask().catch(() => undefined);
  }

  /**
   * Asks what may be done at the address of answers, which any server refuses or answers in a line: some
   * list hundreds of models, and after a `HEAD` Node closes the connection.
   */
  async #ask(): Promise<void> {
    const { baseUrl, apiKey, signal } = this.#options;
    const response = await fetch(`${baseUrl.replace(/\/+$/u, "")}/chat/completions`, {
      method: "OPTIONS",
      headers: apiKey === null ? {} : { authorization: `Bearer ${apiKey}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerLimitMs)]),
    });
    // Only a connection whose answer was read serves again.
    await response.arrayBuffer();
  }
}
