import { agentLinkPath, linkNoticeSchema } from "@parley/shared/protocol/agent-link";
import { messageBytes } from "@parley/shared/protocol/message-bytes";
import { WebSocket } from "ws";

/** How a link to inference ended: the refusal's code, or the HTTP status of its handshake. */
export type LinkEnd = { code: string; afterMs: number };

/** A link to inference as anybody on the machine can open one. */
export class OpenLink {
  readonly ended: Promise<LinkEnd>;
  readonly #socket: WebSocket;

  /** @param key that both servers share; null for none */
  constructor(inferencePort: number, key: string | null) {
    const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
    const socket = new WebSocket(`ws://127.0.0.1:${inferencePort}${agentLinkPath}`, { headers });
    const startMs = performance.now();
    let code = "none";
    socket.on("unexpected-response", (_request, response) => {
      code = String(response.statusCode);
      socket.terminate();
    });
    socket.on("message", (data, isBinary) => {
      if (isBinary) return;
      const text = new TextDecoder().decode(messageBytes(data));
      const notice = linkNoticeSchema.safeParse(JSON.parse(text)).data;
      // The first refusal counts: a link that is kept open is refused again later.
      if (notice?.type === "error" && code === "none") code = notice.error.code;
      else if (notice?.type === "session-ready") code = "session-ready";
    });
    this.#socket = socket;
    this.ended = new Promise((resolve) => {
      socket.on("error", () => undefined);
      socket.on("close", () => {
        resolve({ code, afterMs: performance.now() - startMs });
      });
    });
  }

  /** Sends a control message once the link is open. */
  send(message: object): void {
    this.#socket.on("open", () => {
      this.#socket.send(JSON.stringify(message));
    });
  }

  close(): void {
    this.#socket.terminate();
  }
}
