import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { sendWithinBounds } from "./send-within-bounds";

const megabyte = new Uint8Array(1_024 * 1_024);
const servers: WebSocketServer[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate();
    server.close();
  }
});

async function connect() {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
  servers.push(server);
  await once(server, "listening");
  const accepted = once(server, "connection") as Promise<[WebSocket]>;
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const [socket] = await accepted;
  await once(client, "open");
  return { client, socket };
}

it("cuts off a client that does not read", async () => {
  const { client, socket } = await connect();
  client.pause();
  let sent = 1;
  while (sendWithinBounds(socket, megabyte)) sent++;
  // What the system itself holds for the two comes on top of the bound.
  expect(sent).toBeGreaterThan(4);
  expect(sent).toBeLessThan(40);
  await once(socket, "close");
  expect(sendWithinBounds(socket, megabyte)).toBe(true);
});

it("sends as much as is read", async () => {
  const { client, socket } = await connect();
  let received = 0;
  client.on("message", () => received++);
  for (let sent = 0; sent < 100; sent++) {
    expect(sendWithinBounds(socket, megabyte)).toBe(true);
    await once(client, "message");
  }
  expect(received).toBe(100);
});
