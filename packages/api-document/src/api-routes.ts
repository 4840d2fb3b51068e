import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { openApiDocument, type ApiInformation } from "./openapi-document";
import { documented, operation } from "./operation";
import { apiPage } from "./page/api-page";
import type { RouteCollector } from "./route-collector";

const readDocument = operation({
  id: "readDocument",
  group: "server",
  summary: "This API as an OpenAPI document",
  access: "everyone",
  answers: {
    200: {
      description: "OpenAPI 3.1",
      content: { "application/json": z.looseObject({ openapi: z.string() }) },
    },
  },
});

const readPage = operation({
  id: "readPage",
  group: "server",
  summary: "This API as a page to read",
  access: "everyone",
  answers: { 200: { description: "The page", content: { "text/html": "text" } } },
});

/** `GET /openapi.json` and `GET /docs/api`, of all routes that the collector has by then. */
export function addApiRoutes(
  server: FastifyInstance,
  collector: RouteCollector,
  information: ApiInformation,
): void {
  server.get("/openapi.json", documented(readDocument), (_request, reply) =>
    reply
      .headers({ "access-control-allow-origin": "*", "cache-control": "no-cache" })
      .send(openApiDocument(collector.routes, information)),
  );
  server.get("/docs/api", documented(readPage), (_request, reply) =>
    reply
      .header("cache-control", "no-cache")
      .type("text/html; charset=utf-8")
      .send(apiPage(collector.routes, information)),
  );
}
