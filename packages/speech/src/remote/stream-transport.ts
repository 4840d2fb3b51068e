import { AnswerTimeout } from "./answer-timeout";
import { streamAddress } from "./remote-addresses";
import type { RemoteDescription } from "./remote-description";
import { voiceAt } from "./remote-machine";
import type { RemoteSettings } from "./remote-settings";
import type { RemoteReply, RemoteTransport } from "./remote-transport";
import { StreamConnection } from "./stream-connection";
import { StreamReply } from "./stream-reply";

/** Idle connections kept for later replies; a new one costs a handshake before the first sound. */
const maxIdle = 4;
/** Shorter than the idle timeouts of servers and of address translation (NAT). */
const idleMs = 25_000;

/** The voice bot's WebSocket: one connection for each concurrent reply. */
export class StreamTransport implements RemoteTransport {
  readonly #settings: RemoteSettings;
  readonly #description: RemoteDescription;
  readonly #connections = new Set<StreamConnection>();
  readonly #idle = new Map<StreamConnection, () => void>();
  readonly #closing = new AbortController();

  constructor(settings: RemoteSettings, description: RemoteDescription) {
    this.#settings = settings;
    this.#description = description;
  }

  reply(signal: AbortSignal): RemoteReply {
    const { url, clock } = this.#settings;
    return new StreamReply({
      machine: voiceAt(url),
      clock,
      signal,
      sampleRate: this.#description.sampleRate,
      takeIdle: () => this.#takeIdle(),
      connect: () => this.#connect(),
      onSpoken: (connection) => {
        // A connection without `done` cannot be used again; the reply itself is complete.
        this.#finish(connection).catch(() => {
          connection.leave();
        });
      },
    });
  }

  close(): void {
    this.#closing.abort();
    for (const connection of this.#connections) connection.terminate();
  }

  #connect(): StreamConnection {
    const { url, apiKey } = this.#settings;
    const connection = new StreamConnection({ url: streamAddress(url), apiKey });
    this.#connections.add(connection);
    connection.onClose(() => {
      this.#connections.delete(connection);
      this.#removeIdle(connection);
    });
    return connection;
  }

  #takeIdle(): StreamConnection | null {
    const connection = [...this.#idle.keys()].at(-1) ?? null;
    if (connection !== null) this.#removeIdle(connection);
    return connection;
  }

  async #finish(connection: StreamConnection): Promise<void> {
    const { url, clock } = this.#settings;
    const timeout = new AnswerTimeout({
      machine: voiceAt(url),
      clock,
      signal: this.#closing.signal,
    });
    connection.send({ type: "close" });
    let message = await timeout.wait(connection.next());
    while (message.type !== "done") message = await timeout.wait(connection.next());
    this.#keep(connection);
  }

  #keep(connection: StreamConnection): void {
    if (this.#idle.size >= maxIdle || !connection.isOpen) {
      connection.leave();
      return;
    }
    const cancel = this.#settings.clock.schedule(idleMs, () => {
      this.#removeIdle(connection);
      connection.leave();
    });
    this.#idle.set(connection, cancel);
  }

  #removeIdle(connection: StreamConnection): void {
    this.#idle.get(connection)?.();
    this.#idle.delete(connection);
  }
}
