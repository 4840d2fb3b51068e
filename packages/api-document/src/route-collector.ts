import type { FastifyInstance } from "fastify";
import { Operation, operationOf } from "./operation";

export type Route = { method: string; path: string; operation: Operation };

/** Summary of a route that nobody has described; a test demands that there are none. */
export const notDescribed = "Not described";

/** The routes of a server with what each does, collected as they are added. */
export class RouteCollector {
  readonly #routes: Route[] = [];

  readonly #operations: Readonly<Record<string, Operation>>;

  /**
   * @param options.isPage tells routes that serve pages and files, and belong to no API
   * @param options.operations of routes that do not have theirs with them, by `POST /api/rooms`
   */
  constructor(
    server: FastifyInstance,
    options: {
      isPage?: (path: string) => boolean;
      operations?: Readonly<Record<string, Operation>>;
    } = {},
  ) {
    const { isPage = () => false, operations = {} } = options;
    this.#operations = operations;
    server.addHook("onRoute", ({ method, url: path, config }) => {
      for (const verb of [method].flat()) {
        // Fastify adds HEAD to each GET by itself.
        if (verb === "HEAD" || verb === "OPTIONS" || isPage(path)) continue;
        this.#add(verb, path, operationOf(config));
      }
    });
  }

  /** Adds what is no route of fastify's: a WebSocket, which begins as a GET. */
  addSocket(path: string): void {
    this.#add("GET", path, null);
  }

  /** Routes in the order in which they were added. */
  get routes(): readonly Route[] {
    return this.#routes;
  }

  #add(method: string, path: string, own: Operation | null): void {
    const operation = own ?? this.#operations[`${method} ${path}`] ?? undescribed(method, path);
    this.#routes.push({ method, path, operation });
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
