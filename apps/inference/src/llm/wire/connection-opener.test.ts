import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { OpenAiCompatibleModel } from "../openai-compatible-model";

type Asked = { method: string; path: string; socket: Socket; key: string | undefined };

let server: Server;
let asked: Asked[];
let clock: FakeClock;
let model: OpenAiCompatibleModel;

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    const { method = "", url = "", socket, headers } = request;
    asked.push({ method, path: url, socket, key: headers.authorization });
    request.resume();
    if (method === "OPTIONS") {
      response.writeHead(405).end("Method Not Allowed");
      return;
    }
    const chunk = { id: "1", choices: [{ index: 0, delta: { content: "Hello." } }] };
    response.setHeader("content-type", "text/event-stream");
    response.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  clock = new FakeClock();
  model = new OpenAiCompatibleModel({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`,
    model: "m",
    apiKey: "secret",
    clock,
    log: { warn: () => undefined },
    limits: { firstTokenMs: 60_000, betweenTokensMs: 10_000 },
  });
});

afterEach(async () => {
  await model.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function answer(): Promise<void> {
  const messages = [{ role: "user", content: "Hello?" }] as const;
  const parts = model.reply({ messages, signal: new AbortController().signal });
  for await (const part of parts) expect(part.type).not.toBe("error");
}

const answered = (count: number) =>
  vi.waitFor(() => {
    expect(asked).toHaveLength(count);
  });

it("has an answer asked for over the connection that it opened", async () => {
  model.prepare();
  await answered(1);
  expect(asked[0]).toMatchObject({
    method: "OPTIONS",
    path: "/v1/chat/completions",
    key: "Bearer secret",
  });
  // Until the refusal was read here, an answer has a connection of its own.
  await vi.waitFor(async () => {
    await answer();
    expect(asked.at(-1)?.socket).toBe(asked[0]?.socket);
  });
  expect(asked.at(-1)?.method).toBe("POST");
});

it("asks no more often than a connection is kept", async () => {
  for (let time = 0; time < 5; time++) model.prepare();
  await answered(1);
  await clock.advance(2_900);
  model.prepare();
  await clock.advance(200);
  model.prepare();
  await answered(2);
  expect(asked.map(({ method }) => method)).toEqual(["OPTIONS", "OPTIONS"]);
});

it("complains about no server, and leaves a closed model's alone", async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  model.prepare();
  await model.close();
  model.prepare();
  expect(asked).toEqual([]);
});
