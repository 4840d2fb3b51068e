import { Patience } from "./patience";
import { streamAddress } from "./remote-addresses";
import type { RemoteDescription } from "./remote-description";
import type { RemoteDoor, RemoteReply, RemoteSettings } from "./remote-settings";
import { StreamConnection } from "./stream-connection";
import { StreamReply } from "./stream-reply";

/** Connections that wait for the next reply; a new one costs a handshake before the first sound. */
const maxIdle = 4;
/** Shorter than servers and address translations forget a silent connection. */
const idleMs = 25_000;

/** The voice bot's WebSocket: a connection for each reply that is spoken at the same time. */
export class StreamDoor implements RemoteDoor {
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
      host: url.host,
      clock,
      signal,
      sampleRate: this.#description.sampleRate,
      takeIdle: () => this.#takeIdle(),
      connect: () => this.#connect(),
      onSpoken: (connection) => {
        // One that says nothing to its end is of no use, and nobody waits for it.
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
      this.#forget(connection);
    });
    return connection;
  }

  #takeIdle(): StreamConnection | null {
    const connection = [...this.#idle.keys()].at(-1) ?? null;
    if (connection !== null) this.#forget(connection);
    return connection;
  }

  async #finish(connection: StreamConnection): Promise<void> {
    const { url, clock } = this.#settings;
    const patience = new Patience({ host: url.host, clock, signal: this.#closing.signal });
    connection.send({ type: "close" });
    let heard = await patience.wait(connection.next());
    while (heard.type !== "done") heard = await patience.wait(connection.next());
    this.#keep(connection);
  }

  #keep(connection: StreamConnection): void {
    if (this.#idle.size >= maxIdle || !connection.isOpen) {
      connection.leave();
      return;
    }
    const cancel = this.#settings.clock.schedule(idleMs, () => {
      this.#forget(connection);
      connection.leave();
    });
    this.#idle.set(connection, cancel);
  }

  #forget(connection: StreamConnection): void {
    this.#idle.get(connection)?.();
    this.#idle.delete(connection);
  }
}
