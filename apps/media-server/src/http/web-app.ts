import { existsSync } from "node:fs";
import path from "node:path";
import fastifyStatic from "@fastify/static";
import { AppError } from "@parley/shared/errors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** Vite's content-hashed assets, which never change. */
const assetFolder = `${path.sep}assets${path.sep}`;

/** Scripts for pages of others, by their path under the web root. */
const sharedScript = /^(client[\\/]|widget\.js)/;

/** Folders with a page of their own, which need their closing slash for what the page refers to. */
const folders = ["/embed", "/examples"];

/** Addresses that the page's router knows; any other is shown as a wrong one, with status 404. */
const knownPages = /^\/(r\/[^/]*\/?|models\/?)?$/;

/** Whether a route is one of the page's, and none of the API. */
export function isPage(route: string): boolean {
  return route === "/" || route.startsWith("/*") || folders.includes(route);
}

/**
 * Serves the built web app, compressed where the build has compressed it. Whoever asks for a page
 * gets its index, at whatever address: the page itself says that there is nothing at a wrong one.
 */
export async function addWebApp(server: FastifyInstance, webRoot: string): Promise<void> {
  const isBuilt = existsSync(path.join(webRoot, "index.html"));
  if (isBuilt) {
    await server.register(fastifyStatic, {
      root: webRoot,
      preCompressed: true,
      cacheControl: false,
      setHeaders(reply, file) {
        const isHashed = file.includes(assetFolder);
        reply.setHeader(
          "cache-control",
          isHashed ? "public, max-age=31536000, immutable" : "no-cache",
        );
        reply.setHeader("vary", "accept-encoding");
        if (sharedScript.test(path.relative(webRoot, file))) {
          reply.setHeader("access-control-allow-origin", "*");
          reply.setHeader("cross-origin-resource-policy", "cross-origin");
        }
      },
    });
  }
  for (const folder of folders) {
    server.get(folder, (_request, reply) => reply.redirect(`${folder}/`, 308));
  }
  server.setNotFoundHandler((request, reply) => {
    if (!wantsPage(request)) throw new AppError("not-found", "There is nothing at this address.");
    if (isBuilt) return sendPage(request, reply);
    return reply
      .code(503)
      .type("text/plain; charset=utf-8")
      .send("The web app is not built: run `npm run build`, or set WEB_ROOT.\n");
  });
}

function pathOf({ url }: FastifyRequest): string {
  return url.split("?", 1)[0] ?? "";
}

/** Programs get errors as JSON: those of the API, and whoever does not ask for HTML elsewhere. */
function wantsPage(request: FastifyRequest): boolean {
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  const isApi = /^\/(api|socket\.io)(\/|$)/.test(pathOf(request));
  const acceptsHtml = (request.headers.accept ?? "").includes("text/html");
  return !isApi && (acceptsHtml || knownPages.test(pathOf(request)));
}

function sendPage(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const isKnown = knownPages.test(pathOf(request));
  return reply
    .code(isKnown ? 200 : 404)
    .header("cache-control", "no-cache")
    .sendFile("index.html");
}
