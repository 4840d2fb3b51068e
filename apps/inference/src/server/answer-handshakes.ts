import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { isForeignPage } from "@parley/admission/page-request";
import type { ErrorCode } from "@parley/shared/errors";
import type { ServerLog } from "./session-socket";
import type { SocketServer } from "./socket-server";

/** WebSockets of one path. */
export type SocketDoor = {
  sockets: Pick<SocketServer, "upgrade" | "terminate">;
  /** Whether the client has the key that it needs; nobody needs one when left out. */
  mayEnter?: (request: IncomingMessage) => boolean;
  /** What the log says of a client without the key; nothing when left out. */
  refusal?: { code: ErrorCode; message: string };
  /** Sees each client that enters, and lets it in. */
  observe?: ((request: IncomingMessage, accept: () => void) => void) | undefined;
};

/** Answers WebSocket handshakes: opens the door of their path, or refuses with an HTTP status. */
export function answerHandshakes(
  server: Server,
  options: {
    doors: ReadonlyMap<string, SocketDoor>;
    /** Of web pages that may connect. */
    pageOrigins: readonly string[];
    log: ServerLog;
    /** Aborted when the server closes. */
    signal: AbortSignal;
  },
): void {
  const { doors, pageOrigins, log, signal } = options;
  server.on("upgrade", (request, socket, head) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const door = doors.get(path);
    if (door === undefined) {
      refuse(socket, "404 Not Found");
    } else if (signal.aborted) {
      refuse(socket, "503 Service Unavailable");
    } else if (isForeignPage(request.headers, pageOrigins)) {
      log.warn({ code: "invalid-request", path }, "a foreign page was refused");
      refuse(socket, "403 Forbidden");
    } else if (door.mayEnter?.(request) === false) {
      const { code, message } = door.refusal ?? {};
      if (message !== undefined) log.warn({ code }, message);
      refuse(socket, "401 Unauthorized");
    } else {
      const accept = () => {
        door.sockets.upgrade(request, socket, head);
      };
      if (door.observe === undefined) accept();
      else door.observe(request, accept);
    }
  });
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
}
