import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { toWireError } from "@parley/shared/errors";
import type { EngineHouse } from "@parley/shared/protocol/house-api";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, test } from "vitest";
import { errorStatus } from "./error-status";
import { addVoiceSampleRoute } from "./voice-sample-route";

const house: EngineHouse = {
  hears: { title: "Moonshine Tiny", isDemonstration: false },
  thinks: { title: "Built-in script", isDemonstration: true },
  speaks: { title: "Magpie", isDemonstration: false },
  voices: ["aria", "jason"],
  languages: ["en", "de"],
  tools: [],
  better: null,
};

let inference: Server;
let present: EngineHouse;
let orders: { key: string | undefined; order: unknown }[];
let status: number;
/** Holds speeches back. */
let held: Promise<void>;
let clock: FakeClock;
let server: FastifyInstance;

beforeEach(async () => {
  present = house;
  orders = [];
  status = 200;
  held = Promise.resolve();
  inference = createServer((request, response) => {
    if (request.url === "/api/house") {
      response.end(JSON.stringify(present));
      return;
    }
    void text(request).then(async (body) => {
      orders.push({ key: request.headers.authorization, order: JSON.parse(body) });
      await held;
      response.writeHead(status).end(`sound ${orders.length}`);
    });
  }).listen(0, "127.0.0.1");
  await once(inference, "listening");
  clock = new FakeClock();
  server = fastify();
  server.setErrorHandler((error, _request, reply) => {
    const wire = toWireError(error);
    return reply.code(errorStatus[wire.code]).send({ error: wire });
  });
  const { port } = inference.address() as AddressInfo;
  addVoiceSampleRoute(server, {
    directory: { workers: [{ url: `ws://127.0.0.1:${port}`, isReady: true, card: null }] },
    inferenceKey: "link-key",
    clock,
  });
});

afterEach(async () => {
  await server.close();
  inference.closeAllConnections();
  inference.close();
});

const ask = (query = "") => server.inject(`/api/voice-sample${query}`);

test("the greeting is spoken in the chosen voice and language, and made once", async () => {
  const [first, second] = await Promise.all([
    ask("?voice=jason&language=de"),
    ask("?voice=jason&language=de"),
  ]);
  expect(first.body).toBe("sound 1");
  expect(second.body).toBe("sound 1");
  expect(first.headers["content-type"]).toBe("audio/mpeg");
  const order = { input: "Hallo! Ich höre zu.", voice: "jason", language: "de" };
  expect(orders).toEqual([{ key: "Bearer link-key", order: { ...order, response_format: "mp3" } }]);
});

test("without a choice the voice has its own way", async () => {
  expect((await ask()).statusCode).toBe(200);
  const order = { input: "Hello! I am listening.", response_format: "mp3" };
  expect(orders[0]?.order).toEqual(order);
});

test("another voice that is used from now on has samples of its own", async () => {
  await ask();
  present = { ...house, speaks: { title: "Flite", isDemonstration: false } };
  await clock.advance(2_001);
  expect((await ask()).body).toBe("sound 2");
});

test("what the house lacks is not asked for", async () => {
  expect((await ask("?voice=nobody")).statusCode).toBe(400);
  expect((await ask("?language=fr")).statusCode).toBe(400);
  expect((await ask("?voice=aria&voice=jason")).statusCode).toBe(400);
  expect(orders).toEqual([]);
});

test("a failure is not kept", async () => {
  status = 500;
  expect((await ask()).statusCode).toBe(503);
  status = 200;
  expect((await ask()).body).toBe("sound 2");
});

test("no more than two are made at once", async () => {
  let release: () => void = () => undefined;
  held = new Promise((resolve) => {
    release = resolve;
  });
  const first = ask("?voice=aria");
  const second = ask("?voice=jason");
  await expect.poll(() => orders.length).toBe(2);
  expect((await ask("?language=de")).statusCode).toBe(429);
  release();
  expect((await first).statusCode).toBe(200);
  expect((await second).statusCode).toBe(200);
});

test("an address that asks too often is told so", async () => {
  for (let count = 0; count < 20; count++) await ask();
  expect((await ask()).body).toContain("asks too often");
});
