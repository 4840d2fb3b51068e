import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";

type Event = Record<string, unknown> & { type: string };

/** Fake Realtime API of a worker on loopback: opens sessions; the test sends the rest. */
export class FakeRealtime {
  readonly events: Event[] = [];
  /** Addresses and keys of the sessions that were asked for. */
  readonly asked: { path: string; key: string | null }[] = [];
  /** The error that sessions meet with; null: they begin. */
  refusal: { type: string; code: string; message: string } | null = null;
  /** Ephemeral keys that are known; null: every one. */
  knownKey: string | null = null;
  readonly #server: WebSocketServer;
  #socket: WebSocket | null = null;
  #port = 0;

  constructor() {
    this.#server = new WebSocketServer({
      host: "127.0.0.1",
      port: 0,
      path: "/v1/realtime",
      verifyClient: ({ req }, answer) => {
        const key = /^Bearer (.+)$/u.exec(req.headers.authorization ?? "")?.[1] ?? null;
        this.asked.push({ path: req.url ?? "", key });
        const isKnown = this.knownKey === null || key === this.knownKey;
        answer(isKnown, 401);
      },
    });
    this.#server.on("connection", (socket) => {
      this.#accept(socket);
    });
  }

  async start(): Promise<this> {
    if (this.#server.address() === null) await once(this.#server, "listening");
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.#port}`;
  }

  /** Sessions that are open. */
  get size(): number {
    return this.#server.clients.size;
  }

  received(type: string): Event[] {
    return this.events.filter((event) => event.type === type);
  }

  send(event: Event): void {
    this.#socket?.send(JSON.stringify(event));
  }

  /** Stops and drops its connections, as a dying process does. */
  async stop(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  #accept(socket: WebSocket): void {
    if (this.refusal !== null) {
      socket.send(JSON.stringify({ type: "error", error: this.refusal }));
      socket.close(1013);
      return;
    }
    this.#socket = socket;
    const session = { type: "realtime", id: "sess_1", audio: { input: {}, output: {} } };
    socket.send(JSON.stringify({ type: "session.created", session }));
    socket.on("message", (data: Buffer) => {
      const event = JSON.parse(data.toString("utf8")) as Event;
      this.events.push(event);
      if (event.type !== "session.update") return;
      const fields = event.session as Record<string, unknown>;
      const isBad = fields.instructions === 7;
      const error = { type: "invalid_request_error", code: "invalid_value", message: "expected" };
      socket.send(
        JSON.stringify(
          isBad
            ? { type: "error", error }
            : { type: "session.updated", session: { ...session, ...fields } },
        ),
      );
    });
  }
}
