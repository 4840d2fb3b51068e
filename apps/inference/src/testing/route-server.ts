import Fastify, { type FastifyInstance } from "fastify";
import type { EngineSockets } from "../server/engine-sockets";

export type RouteServer = {
  webSocketUrl: string;
  /** Of everything else, without a slash at its end. */
  url: string;
  /** Ends every connection, as a shutdown does. */
  abort(): void;
  close(): Promise<void>;
};

/** The server that endpoints stand on. */
type RouteHost = {
  http: FastifyInstance;
  log: { info: () => void; warn: () => void };
  signal: AbortSignal;
};

/** One engine's endpoints alone, on a free port. */
export async function startRouteServer<Engine>(
  webSocketPath: string,
  routesOn: (host: RouteHost) => EngineSockets<Engine>,
): Promise<RouteServer> {
  const http = Fastify();
  const controller = new AbortController();
  const log = { info: () => undefined, warn: () => undefined };
  const endpoints = routesOn({ http, log, signal: controller.signal });
  http.server.on("upgrade", (request, socket, head) => {
    endpoints.upgrade(request, socket, head);
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
      endpoints.terminate();
      // A client that aborted a request may have connected anew without asking for anything.
      http.server.closeAllConnections();
      await http.close();
    },
  };
}
