import { existsSync } from "node:fs";
import path from "node:path";
import fastifyStatic from "@fastify/static";
import { AppError } from "@parley/shared/errors";
import type { FastifyInstance } from "fastify";

/** Vite's content-hashed assets, which never change. */
const assetFolder = `${path.sep}assets${path.sep}`;

/** Serves the built web app; client-side routes (`/r/…`, `/models`) get its index page. */
export async function addWebApp(server: FastifyInstance, webRoot: string): Promise<void> {
  const isBuilt = existsSync(path.join(webRoot, "index.html"));
  if (isBuilt) {
    await server.register(fastifyStatic, {
      root: webRoot,
      cacheControl: false,
      setHeaders(reply, file) {
        const isHashed = file.includes(assetFolder);
        reply.setHeader(
          "cache-control",
          isHashed ? "public, max-age=31536000, immutable" : "no-cache",
        );
      },
    });
  }
  server.setNotFoundHandler((request, reply) => {
    const isPage = request.method === "GET" && /^\/(r\/[^/]*|models\/?)?(\?.*)?$/.test(request.url);
    if (!isPage) throw new AppError("not-found", "There is nothing at this address.");
    if (isBuilt) return reply.header("cache-control", "no-cache").sendFile("index.html");
    return reply
      .code(503)
      .type("text/plain; charset=utf-8")
      .send("The web app is not built: run `npm run build`, or set WEB_ROOT.\n");
  });
}
