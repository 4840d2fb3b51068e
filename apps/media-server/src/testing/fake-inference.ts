import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { ErrorCode } from "@parley/shared/errors";
import {
  agentLinkPath,
  agentLinkProtocol,
  type LinkNotice,
  type LinkRequest,
} from "@parley/shared/protocol/agent-link";
import {
  decodeLinkFrame,
  encodeLinkFrame,
  type LinkFrame,
} from "@parley/shared/protocol/link-frame";
import { WebSocketServer, type WebSocket } from "ws";

/** Fake inference worker on loopback: answers `session-open`; the test sends the rest. */
export class FakeInference {
  readonly requests: LinkRequest[] = [];
  readonly frames: LinkFrame[] = [];
  /** Sessions that began. */
  sessions = 0;
  /** Sessions that were asked for. */
  attempts = 0;
  /** The error that sessions meet with; null: they begin. */
  refusal: { code: ErrorCode; retryAfterMs: number } | null = null;
  protocol: number = agentLinkProtocol;
  #server: WebSocketServer | null = null;
  #socket: WebSocket | null = null;
  #port = 0;

  /** Starts listening; again on the same port after a stop. */
  async start(): Promise<void> {
    const server = new WebSocketServer({
      host: "127.0.0.1",
      port: this.#port,
      path: agentLinkPath,
    });
    this.#server = server;
    server.on("connection", (socket) => {
      this.#accept(socket);
    });
    await once(server, "listening");
    this.#port = (server.address() as AddressInfo).port;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.#port}`;
  }

  /** Requests of one type, in order. */
  received<Type extends LinkRequest["type"]>(type: Type): Extract<LinkRequest, { type: Type }>[] {
    return this.requests.filter(
      (request): request is Extract<LinkRequest, { type: Type }> => request.type === type,
    );
  }

  send(notice: LinkNotice): void {
    this.sendRaw(JSON.stringify(notice));
  }

  sendFrame(frame: LinkFrame): void {
    this.sendRaw(encodeLinkFrame(frame));
  }

  sendRaw(data: string | Uint8Array): void {
    this.#socket?.send(data);
  }

  /** Answers nothing any more, as a machine whose network is cut. */
  freeze(): void {
    this.#socket?.pause();
  }

  /** Stops and drops its connections, as a dying process does. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    for (const socket of server?.clients ?? []) socket.terminate();
    await new Promise<void>((resolve) => {
      if (server === null) resolve();
      else
        server.close(() => {
          resolve();
        });
    });
  }

  #accept(socket: WebSocket): void {
    this.#socket = socket;
    socket.on("message", (data: Buffer, isBinary) => {
      if (isBinary) {
        this.frames.push(decodeLinkFrame(data));
        return;
      }
      const request = JSON.parse(data.toString("utf8")) as LinkRequest;
      this.requests.push(request);
      if (request.type !== "session-open") return;
      this.attempts += 1;
      if (this.refusal !== null) {
        const { code, retryAfterMs } = this.refusal;
        this.send({
          type: "error",
          error: { code, message: "as the test wants it", isRetryable: true },
          retryAfterMs,
        });
        socket.close(1013);
        return;
      }
      this.sessions += 1;
      this.send({
        type: "session-ready",
        protocol: this.protocol,
        engines: {
          recognizer: "fake",
          chatModel: "fake",
          synthesizer: "fake",
          isDemonstration: false,
        },
      });
    });
  }
}
