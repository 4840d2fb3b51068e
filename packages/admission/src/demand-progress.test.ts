import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, beforeEach, expect, test } from "vitest";
import { demandProgress } from "./demand-progress";

let clock: FakeClock;
let server: Server;
let client: Socket;
let requests: IncomingMessage[];

beforeEach(async () => {
  clock = new FakeClock();
  requests = [];
  server = createServer((request) => {
    requests.push(request);
  });
  demandProgress(server, { clock, everyMs: 5_000, leastBytes: 1_000 });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  client.on("error", () => undefined);
});

afterEach(() => {
  client.destroy();
  server.close();
});

/** Sends a head and some of the body, and waits until the server has it. */
async function begin(head: string, body: string): Promise<IncomingMessage> {
  client.write(`POST / HTTP/1.1\r\nHost: x\r\n${head}\r\n\r\n${body}`);
  const [request] = (await once(server, "request")) as [IncomingMessage];
  return request;
}

test("a body that comes a byte at a time is ended", async () => {
  const request = await begin("Content-Length: 100000", "a");
  request.resume();
  request.on("error", () => undefined);
  const closed = new Promise((resolve) => request.once("close", resolve));
  await clock.advance(5_000);
  await closed;
  expect(request.complete).toBe(false);
});

test("a body that comes steadily has all the time it needs", async () => {
  const request = await begin("Transfer-Encoding: chunked", "");
  request.resume();
  for (let round = 0; round < 5; round += 1) {
    const seen = once(request, "data");
    client.write(`7d0\r\n${"x".repeat(2_000)}\r\n`);
    await seen;
    await clock.advance(5_000);
  }
  const ended = once(request, "end");
  client.write("0\r\n\r\n");
  await ended;
  await clock.advance(60_000);
  expect(request.socket.destroyed).toBe(false);
});

test("a body that the server does not read yet is not ended", async () => {
  const request = await begin("Content-Length: 1000000", "x".repeat(200_000));
  await new Promise((resolve) => setTimeout(resolve, 50));
  await clock.advance(20_000);
  expect(request.socket.destroyed).toBe(false);
});

test("a request without a body is left alone", async () => {
  client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  await once(server, "request");
  await clock.advance(60_000);
  expect(requests[0]!.socket.destroyed).toBe(false);
});
