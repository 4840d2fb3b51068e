import { once } from "node:events";
import { createServer } from "node:http";

/** A page of somebody else's: an origin of its own, with one document. */
export type ForeignPage = { origin: string; close(): Promise<void> };

/**
 * @param body of the document
 * @param headers such as the site's own content security policy
 */
export async function serveForeignPage(
  port: number,
  body: string,
  headers: Record<string, string> = {},
): Promise<ForeignPage> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...headers });
    response.end(`<!doctype html><html lang="en"><title>Somebody's page</title>${body}`);
  });
  server.listen(port, "localhost");
  await once(server, "listening");
  return {
    origin: `http://localhost:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
