import Fastify, { type FastifyInstance } from "fastify";
import type { SocketServer } from "../server/socket-server";

export type RouteServer = {
  webSocketUrl: string;
  /** Address of the HTTP routes, without a trailing slash. */
  url: string;
  /** Ends every connection, as a shutdown does. */
  abort(): void;
  close(): Promise<void>;
};

/** Options that all routes share. */
type RouteHost = {
  http: FastifyInstance;
  log: { info: () => void; warn: () => void };
  signal: AbortSignal;
};

/** Serves the routes of one engine alone, on a free port. */
export async function startRouteServer(
  webSocketPath: string,
  routesOn: (host: RouteHost) => SocketServer,
): Promise<RouteServer> {
  const http = Fastify();
  const controller = new AbortController();
  const log = { info: () => undefined, warn: () => undefined };
  const sockets = routesOn({ http, log, signal: controller.signal });
  http.server.on("upgrade", (request, socket, head) => {
    sockets.upgrade(request, socket, head);
  });
  const url = await http.listen({ host: "127.0.0.1", port: 0 });
  const abort = () => {
    controller.abort();
  };
  return {
    webSocketUrl: `${url.replace("http", "ws")}${webSocketPath}`,
    url,
    abort,
    close: async () => {
      abort();
      sockets.terminate();
      // A client that aborted a request may hold a new connection without a request on it.
      http.server.closeAllConnections();
      await http.close();
    },
  };
}
