import { connect, type NatsConnection } from "@nats-io/transport-node";
import { errorMessage } from "@parley/shared/errors";

/** Log of what concerns NATS. */
export type FleetLog = {
  info: (details: object, message: string) => void;
  warn: (details: object, message: string) => void;
};

export type NatsOptions = {
  /** Addresses of the same cluster, such as `nats://user:password@10.0.0.2:4222`. */
  servers: readonly string[];
  /** For the operator of NATS, who sees it in the list of connections. */
  name: string;
  log: FleetLog;
};

/** Wait between two tries, in ms. */
const reconnectMs = 500;
/** A server that vanished is noticed after at most three of these, in ms. */
const pingMs = 2_000;
const maxPings = 2;

/**
 * A connection to NATS that is made in the background and made anew for ever: neither server waits
 * for it, or ends with it.
 */
export class NatsLink {
  readonly #options: NatsOptions;
  readonly #connecting: Promise<NatsConnection>;
  readonly #listeners = new Set<(connection: NatsConnection) => void>();
  #connection: NatsConnection | null = null;
  #isConnected = false;
  #isClosed = false;

  constructor(options: NatsOptions) {
    this.#options = options;
    const { servers, name } = options;
    this.#connecting = connect({
      servers: servers.map((server) => server),
      name,
      ...credentialsIn(servers),
      reconnectTimeWait: reconnectMs,
      maxReconnectAttempts: -1,
      waitOnFirstConnect: true,
      pingInterval: pingMs,
      maxPingOut: maxPings,
    });
    void this.#follow();
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** Null until the first connection. */
  get connection(): NatsConnection | null {
    return this.#isConnected ? this.#connection : null;
  }

  /** Calls back now, if connected, and after every reconnection. @returns a function that ends it */
  onConnect(listener: (connection: NatsConnection) => void): () => void {
    this.#listeners.add(listener);
    if (this.#connection !== null && this.#isConnected) listener(this.#connection);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#listeners.clear();
    if (this.#connection !== null) await this.#connection.close();
    // One that is still being made is closed by `#follow`, once it is there.
  }

  async #follow(): Promise<void> {
    const { log } = this.#options;
    try {
      const connection = await this.#connecting;
      if (this.#hasClosed()) {
        await connection.close();
        return;
      }
      this.#connection = connection;
      this.#connected(connection);
      for await (const { type } of connection.status()) {
        if (type === "disconnect") {
          this.#isConnected = false;
          log.warn({}, "NATS is away; trying again");
        } else if (type === "reconnect") this.#connected(connection);
      }
    } catch (error) {
      if (!this.#hasClosed()) log.warn({ reason: errorMessage(error) }, "NATS cannot be used");
    }
    this.#isConnected = false;
  }

  #connected(connection: NatsConnection): void {
    this.#isConnected = true;
    this.#options.log.info({ server: connection.getServer() }, "connected to NATS");
    for (const listener of [...this.#listeners]) listener(connection);
  }

  #hasClosed(): boolean {
    return this.#isClosed;
  }
}

/** User and password, or a token, of the first address that has any: one cluster has one of them. */
export function credentialsIn(servers: readonly string[]): {
  user?: string;
  pass?: string;
  token?: string;
} {
  for (const server of servers) {
    const { username, password } = new URL(server);
    if (username === "") continue;
    const user = decodeURIComponent(username);
    if (password === "") return { token: user };
    return { user, pass: decodeURIComponent(password) };
  }
  return {};
}
