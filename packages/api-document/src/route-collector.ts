import type { FastifyInstance } from "fastify";
import { Operation, operationOf } from "./operation";

export type Route = { method: string; path: string; operation: Operation };

/** Summary of a route that nobody has described; a test demands that there are none. */
export const notDescribed = "Not described";

/** The routes of a server with what each does, collected as they are added. */
export class RouteCollector {
  readonly #routes: Route[] = [];

  /** @param isPage tells routes that serve pages and files, and belong to no API */
  constructor(server: FastifyInstance, isPage: (path: string) => boolean = () => false) {
    server.addHook("onRoute", ({ method, url: path, config }) => {
      for (const verb of [method].flat()) {
        // Fastify adds HEAD to each GET by itself.
        if (verb === "HEAD" || verb === "OPTIONS" || isPage(path)) continue;
        const operation = operationOf(config) ?? undescribed(verb, path);
        this.#routes.push({ method: verb, path, operation });
      }
    });
  }

  /** Adds what is no route of fastify's: a WebSocket. */
  add(route: Route): void {
    this.#routes.push(route);
  }

  /** Routes in the order in which they were added. */
  get routes(): readonly Route[] {
    return this.#routes;
  }
}

/** Stands in for a description, so that no route is hidden. */
function undescribed(verb: string, path: string): Operation {
  return new Operation({
    id: `${verb.toLowerCase()}${path.replace(/\W+/g, "-")}`,
    group: "server",
    summary: notDescribed,
    access: "everyone",
    answers: { 200: { description: notDescribed } },
  });
}
