import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { OpenAiCompatibleModel } from "./openai-compatible-model";
import { watchChatServer } from "./watch-chat-server";

let server: Server;
let chats: number;
let answerChat: (response: ServerResponse) => void;
let clock: FakeClock;
let model: OpenAiCompatibleModel;
let controller: AbortController;
let watching: Promise<void>;

const speaks = (response: ServerResponse) => {
  const chunk = { id: "1", choices: [{ index: 0, delta: { content: "Hello." } }] };
  response.setHeader("content-type", "text/event-stream");
  response.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
};

const until = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 10_000, interval: 5 });

beforeEach(() => {
  chats = 0;
  clock = new FakeClock();
  controller = new AbortController();
});

afterEach(async () => {
  controller.abort();
  await watching;
  server.closeAllConnections();
  server.close();
});

async function start(port = 0): Promise<number> {
  server = createServer((request, response) => {
    request.resume();
    if (request.url === "/v1/models") response.writeHead(404).end();
    else {
      chats++;
      answerChat(response);
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}

function watch(port: number): void {
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  const limits = { firstTokenMs: 60_000, betweenTokensMs: 10_000 };
  const log = { warn: () => undefined };
  model = new OpenAiCompatibleModel({ baseUrl, model: "m", apiKey: null, clock, limits, log });
  const options = { model, baseUrl, apiKey: null, systemPrompt: "Be kind.", clock };
  watching = watchChatServer(options, controller.signal);
}

it("knows that the server wakes up, and that it answers", async () => {
  let wake: () => void = () => undefined;
  answerChat = (response) => {
    wake = () => {
      speaks(response);
    };
  };
  watch(await start());
  await until(() => {
    expect(chats).toBe(1);
  });
  expect(model.state).toBe("waking");
  wake();
  await until(() => {
    expect(model.state).toBe("answers");
  });
});

it("notices within ten seconds that the server is gone, and warms it up once it is back", async () => {
  answerChat = speaks;
  const port = await start();
  watch(port);
  await until(() => {
    expect(model.state).toBe("answers");
  });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await until(async () => {
    await clock.advance(10_000);
    expect(model.state).toBe("fails");
  });
  chats = 0;
  await start(port);
  await until(async () => {
    await clock.advance(10_000);
    expect(model.state).toBe("answers");
  });
  expect(chats).toBe(1);
});

it("asks for no answers while the server is well", async () => {
  answerChat = speaks;
  watch(await start());
  await until(() => {
    expect(model.state).toBe("answers");
  });
  await clock.advance(60_000);
  expect(chats).toBe(1);
});
