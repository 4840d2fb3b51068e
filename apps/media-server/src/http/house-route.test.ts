import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { EngineHouse } from "@parley/shared/protocol/house-api";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addHouseRoute } from "./house-route";

const operatorKey = "correct-horse-battery";
const house: EngineHouse = {
  hears: { title: "Moonshine Tiny", isDemonstration: false },
  thinks: { title: "Built-in script", isDemonstration: true },
  speaks: { title: "Flite", isDemonstration: false },
  voices: ["slt"],
  languages: ["en"],
  tools: [{ name: "time", title: "Time and date" }],
  better: {
    job: "hear",
    name: "nemotron-streaming-en",
    title: "Nemotron Speech Streaming",
    reason: "Eight cores carry it.",
    downloadBytes: 2_473_041_920,
    state: "absent",
  },
};
const elsewhere = { remoteAddress: "192.0.2.7", headers: { host: "parley.example" } };

let inference: Server;
let asked: number;
let status: number;
let clock: FakeClock;
let server: FastifyInstance;

beforeEach(async () => {
  asked = 0;
  status = 200;
  inference = createServer((_request, response) => {
    asked++;
    response.writeHead(status).end(JSON.stringify(house));
  }).listen(0, "127.0.0.1");
  await once(inference, "listening");
  clock = new FakeClock();
  server = fastify();
  const { port } = inference.address() as AddressInfo;
  addHouseRoute(server, {
    directory: { workers: [{ url: `ws://127.0.0.1:${port}`, isReady: true, card: null }] },
    inferenceKey: null,
    operatorKey,
    clock,
  });
});

afterEach(async () => {
  await server.close();
  inference.close();
});

test("the operator is told what would be better", async () => {
  const reply = await server.inject("/api/house");
  expect(reply.json()).toEqual({ ...house, isOperator: true });
  expect(reply.headers["cache-control"]).toBe("no-store");
  const headers = { ...elsewhere.headers, authorization: `Bearer ${operatorKey}` };
  const withKey = await server.inject({ url: "/api/house", ...elsewhere, headers });
  expect(withKey.json()).toEqual({ ...house, isOperator: true });
});

test("guests are told what hears, thinks and speaks, and no more", async () => {
  const reply = await server.inject({ url: "/api/house", ...elsewhere });
  expect(reply.json()).toEqual({ ...house, better: null, isOperator: false });
});

test("one answer serves all who ask at the same time", async () => {
  await Promise.all([
    server.inject("/api/house"),
    server.inject({ url: "/api/house", ...elsewhere }),
  ]);
  expect(asked).toBe(1);
  await clock.advance(2_001);
  await server.inject("/api/house");
  expect(asked).toBe(2);
});

test("a failure is not kept", async () => {
  status = 500;
  expect((await server.inject("/api/house")).statusCode).toBe(500);
  status = 200;
  await clock.advance(2_001);
  expect((await server.inject("/api/house")).statusCode).toBe(200);
});

test("an address that asks too often is told so", async () => {
  for (let count = 0; count < 100; count++) await server.inject("/api/house");
  expect((await server.inject("/api/house")).body).toContain("asks too often");
});
