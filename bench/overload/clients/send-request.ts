import { request } from "node:http";

export type Answer = { status: number; text: string; passedMs: number };

/**
 * One HTTP request from an address of its own, on a connection of its own.
 *
 * @param options.from an address of 127.0.0.0/8: limits are by address
 * @throws Error when no whole answer comes within 60 s
 */
export function sendRequest(options: {
  port: number;
  from: string;
  path: string;
  method?: "GET" | "POST";
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}): Promise<Answer> {
  const { port, from, path, method = "GET", headers = {}, body = "" } = options;
  const startMs = performance.now();
  return new Promise((resolve, reject) => {
    const sending = request(
      { host: "127.0.0.1", localAddress: from, agent: false, port, path, method, headers },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (piece: string) => (text += piece));
        response.on("error", reject);
        response.on("end", () => {
          resolve({
            status: response.statusCode ?? 0,
            text,
            passedMs: performance.now() - startMs,
          });
        });
      },
    );
    sending.setTimeout(60_000, () => sending.destroy(new Error(`no answer to ${path}`)));
    sending.on("error", reject);
    sending.end(body);
  });
}
