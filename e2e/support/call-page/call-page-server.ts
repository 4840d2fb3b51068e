import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";

const page = join(import.meta.dirname, "page.html");

export type CallPageOptions = {
  port: number;
  /** Where Parley serves its own page. */
  address: string;
  /** Settings of the sessions that the page's keys open. */
  session: object;
  /** Scripts of the page's, by path. */
  scripts?: Readonly<Record<string, string>>;
};

/**
 * Serves a page of another site, as OpenAI's example is: it has an ephemeral key made, and gives it to
 * the page.
 *
 * @returns a function that ends it
 */
export async function serveCallPage(options: CallPageOptions): Promise<() => Promise<void>> {
  const { port, address, session, scripts = {} } = options;
  const answer = async (path: string): Promise<{ type: string; body: string | Buffer } | null> => {
    const script = scripts[path];
    if (script !== undefined) return { type: "text/javascript", body: script };
    switch (path) {
      case "/":
        return { type: "text/html; charset=utf-8", body: await readFile(page) };
      case "/settings":
        return { type: "application/json", body: JSON.stringify({ address }) };
      case "/token": {
        const response = await fetch(`${address}/v1/realtime/client_secrets`, {
          method: "POST",
          headers: { authorization: "Bearer any", "content-type": "application/json" },
          body: JSON.stringify({ session }),
        });
        return { type: "application/json", body: await response.text() };
      }
      default:
        return null;
    }
  };
  const server = createServer((request, response) => {
    answer(request.url ?? "/").then(
      (found) => {
        response.writeHead(found === null ? 404 : 200, {
          "content-type": found?.type ?? "text/plain",
        });
        response.end(found?.body);
      },
      () => {
        response.writeHead(502);
        response.end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
}
