import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** Tokens of the answer, about as fast as a small model on a graphics card makes them. */
const answer = "That is a good question and here is a short answer.".split(/(?= )/u);
const betweenTokensMs = 20;

/** An OpenAI-compatible chat server on loopback whose first token takes a known time. */
export type SlowChatServer = {
  url: string;
  /** Answers that were asked for so far. */
  asked(): number;
  close(): void;
};

export async function startSlowChatServer(firstTokenMs: number): Promise<SlowChatServer> {
  let asked = 0;
  const server = createServer((request, response) => {
    request.resume();
    if (request.method !== "POST") {
      response.end('{"object":"list","data":[]}');
      return;
    }
    asked += 1;
    const gone = new AbortController();
    response.once("close", () => {
      gone.abort();
    });
    const stream = async () => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.flushHeaders();
      await delay(firstTokenMs, undefined, { signal: gone.signal });
      for (const content of answer) {
        response.write(chunk({ content }, null));
        await delay(betweenTokensMs, undefined, { signal: gone.signal });
      }
      response.end(`${chunk({}, "stop")}data: [DONE]\n\n`);
    };
    // Parley leaves when it no longer wants the answer.
    stream().catch(() => undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    asked: () => asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function chunk(delta: object, finishReason: string | null): string {
  const choices = [{ index: 0, delta, finish_reason: finishReason }];
  return `data: ${JSON.stringify({ object: "chat.completion.chunk", choices })}\n\n`;
}
