import type { FastifyInstance } from "fastify";
import { isLoopbackHost } from "@parley/admission/local-request";

/**
 * Sends pages that are opened by plain HTTP on to HTTPS: people type addresses without a scheme, and
 * browsers give a microphone to secure pages alone. `localhost` counts as one.
 */
export function redirectToHttps(server: FastifyInstance): void {
  server.addHook("onRequest", (request, reply, done) => {
    const isPage = request.method === "GET" && (request.headers.accept ?? "").includes("text/html");
    if (isPage && request.protocol === "http" && !isLoopbackHost(request.host)) {
      void reply.redirect(`https://${request.host}${request.url}`, 307);
      return;
    }
    done();
  });
}
