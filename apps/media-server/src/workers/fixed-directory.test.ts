import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sampleCard } from "@parley/fleet/testing/sample-lease";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FixedDirectory } from "./fixed-directory";

type Answer = (path: string, response: ServerResponse) => void;

const card = sampleCard("a");
const withCard: Answer = (_path, response) => response.end(JSON.stringify(card));

let clock: FakeClock;
let server: Server;
let answer: Answer;
let keys: (string | undefined)[];
let url: string;
let directory: FixedDirectory;

beforeEach(async () => {
  clock = new FakeClock();
  answer = withCard;
  keys = [];
  server = createServer(({ url: path = "", headers }, response) => {
    keys.push(headers.authorization);
    answer(path, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  directory = new FixedDirectory({ urls: [url, "ws://127.0.0.1:9"], key: "secret", clock });
});

afterEach(async () => {
  await directory.close();
  server.closeAllConnections();
  server.close();
});

const until = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 5 });

test("workers are asked for their cards, with the key; one that is not there does not serve", async () => {
  expect(directory.workers.map(({ isReady }) => isReady)).toEqual([false, false]);
  await until(() => {
    expect(directory.workers).toEqual([
      { url, isReady: true, card },
      { url: "ws://127.0.0.1:9", isReady: false, card: null },
    ]);
  });
  expect(keys).toEqual(["Bearer secret"]);
});

test("changes are told of, and silence while nothing changes", async () => {
  let changes = 0;
  directory.subscribe(() => changes++);
  await until(() => {
    expect(changes).toBe(1);
  });
  await clock.advance(1_000);
  await until(() => {
    expect(keys.length).toBeGreaterThan(1);
  });
  expect(changes).toBe(1);
  answer = (_path, response) => response.end(JSON.stringify({ ...card, load: 0.5 }));
  await clock.advance(1_000);
  await until(() => {
    expect(directory.workers[0]?.card?.load).toBe(0.5);
  });
});

test("a worker of an older version is known by whether it is ready", async () => {
  answer = (path, response) => response.writeHead(path === "/ready" ? 200 : 404).end("{}");
  await clock.advance(1_000);
  await until(() => {
    expect(directory.workers[0]).toEqual({ url, isReady: true, card: null });
  });
});
