import type { IncomingMessage } from "node:http";
import { context, SpanKind, trace, type Context } from "@opentelemetry/api";
import type { FastifyInstance } from "fastify";
import type { Tracing } from "./tracing";
import { contextOf } from "./traceparent";

/**
 * Traces the HTTP requests of the routes that `isTraced` names: each is a span, within the client's
 * own trace where it sends a `traceparent`, and the context of what the route does. To be called
 * before routes are added.
 */
export function traceRequests(
  http: FastifyInstance,
  { tracer }: Tracing,
  isTraced: (route: string) => boolean,
): void {
  http.addHook("onRequest", (request, reply, done) => {
    const route = request.routeOptions.url;
    if (route === undefined || !isTraced(route)) {
      done();
      return;
    }
    const client = clientContext(request.raw);
    const attributes = { "http.request.method": request.method, "http.route": route };
    const name = `${request.method} ${route}`;
    const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, client);
    // Sent whole, or cut off by the client.
    reply.raw.once("close", () => {
      span.setAttribute("http.response.status_code", reply.raw.statusCode);
      span.end();
    });
    context.with(trace.setSpan(client, span), done);
  });
}

/** Does work, such as accepting a WebSocket, in the trace of the client that asks for it. */
export function inClientTrace(request: IncomingMessage, work: () => void): void {
  context.with(clientContext(request), work);
}

function clientContext({ headers }: IncomingMessage): Context {
  const { traceparent } = headers;
  return contextOf(typeof traceparent === "string" ? traceparent : undefined);
}
