import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { Readable } from "node:stream";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, beforeEach, expect, test } from "vitest";
import { demandReading } from "./demand-reading";

/** More than the system's own buffers take. */
const longAnswer = Buffer.alloc(40_000_000);

const pieceBytes = 16_000;

let clock: FakeClock;
let server: Server;
let client: Socket;

beforeEach(async () => {
  clock = new FakeClock();
  server = createServer();
  demandReading(server, { clock, everyMs: 10_000, leastBytes: 1 });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  client.on("error", () => undefined);
});

afterEach(() => {
  client.destroy();
  server.close();
});

/** Asks, reads nothing, and waits until the server has the request. */
async function ask(): Promise<ServerResponse> {
  client.pause();
  client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  const [, response] = (await once(server, "request")) as [unknown, ServerResponse];
  response.on("error", () => undefined);
  return response;
}

/** Reads so many bytes or a little more, and no further. */
async function read(bytes: number): Promise<void> {
  const until = client.bytesRead + bytes;
  client.resume();
  while (client.bytesRead < until) await once(client, "data");
  client.pause();
}

test("an answer that nobody reads is ended", async () => {
  const response = await ask();
  const { socket } = response;
  const closed = once(response, "close");
  response.end(longAnswer);
  await clock.advance(10_000);
  expect(socket?.destroyed).toBe(false);
  await clock.advance(10_000);
  await closed;
  expect(socket?.destroyed).toBe(true);
});

test("an answer that is read slowly has all the time it needs", async () => {
  const response = await ask();
  const { socket } = response;
  Readable.from(pieces()).pipe(response);
  const sent = () => (socket?.bytesWritten ?? 0) - (socket?.writableLength ?? 0);
  for (let round = 0; round < 6; round += 1) {
    const before = sent();
    // The system's buffers must be emptied by a good part before it takes more.
    while (sent() === before) await read(250_000);
    await clock.advance(10_000);
  }
  expect(sent()).toBeLessThan(longAnswer.length);
  expect(socket?.destroyed).toBe(false);
});

function* pieces(): Generator<Uint8Array> {
  for (let at = 0; at < longAnswer.length; at += pieceBytes) {
    yield longAnswer.subarray(at, at + pieceBytes);
  }
}

test("an answer that is being made is waited for", async () => {
  const response = await ask();
  client.resume();
  await clock.advance(60_000);
  const ended = once(response, "finish");
  response.end("at last");
  await ended;
  expect(response.writableFinished).toBe(true);
});
