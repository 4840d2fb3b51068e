import { notDescribed } from "@parley/api-document/route-collector";
import { placesWithoutSchema } from "@parley/api-document/testing/without-schema";
import { roomDescriptionSchema, roomListSchema } from "@parley/shared/protocol/rooms-api";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { Validator } from "@seriousme/openapi-schema-validator";
import type { FastifyInstance, FastifyPluginCallback } from "fastify";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { OpenCalls } from "../calls/open-calls";
import { silentLog } from "../contracts/log";
import { RoomAdmission } from "../rooms/room-admission";
import { createTestHttpServer } from "../testing/create-test-http-server";
import { ScriptedMedia } from "../testing/scripted-media";
import { callRoutes } from "./calls/call-routes";

let server: FastifyInstance;

beforeEach(async () => {
  const media = new ScriptedMedia();
  const directory = { workers: [] };
  const calls = new OpenCalls({ media, admission: new RoomAdmission(media), log: silentLog });
  const services = { inferenceKey: null, pageOrigins: [], clock: new FakeClock() };
  const routes = [callRoutes({ calls, directory, ...services })];
  server = await createTestHttpServer({ media, directory, routes });
});

afterEach(() => server.close());

const documentSchema = z.object({
  openapi: z.string(),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({ operationId: z.string(), summary: z.string(), responses: z.looseObject({}) }),
    ),
  ),
});

async function readDocument(on = server) {
  const answer = await on.inject("/openapi.json");
  return documentSchema.parse(answer.json());
}

test("the document is valid OpenAPI 3.1", async () => {
  const answer = await server.inject("/openapi.json");
  const document = z.record(z.string(), z.unknown()).parse(answer.json());
  const { valid, errors } = await new Validator().validate(document);
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
  expect((await readDocument()).openapi).toMatch(/^3\.1\./);
});

test("every route is in it, and each that it names exists", async () => {
  const { paths } = await readDocument();
  const named = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((verb) => ({ path, verb })),
  );
  for (const { path, verb } of named) {
    const url = path.replace(/\{(\w+)\}/g, ":$1");
    expect(server.hasRoute({ method: verb.toUpperCase(), url }), `${verb} ${path}`).toBe(true);
  }
  expect(JSON.stringify(paths)).not.toContain(notDescribed);
  expect(named.map(({ path, verb }) => `${verb} ${path}`).sort()).toEqual([
    "delete /api/rooms/{roomId}",
    "get /api/address",
    "get /api/embed",
    "get /api/house",
    "get /api/models",
    "get /api/rooms",
    "get /api/rooms/{roomId}",
    "get /api/rooms/{roomId}/transcript",
    "get /api/voice-sample",
    "get /docs/api",
    "get /health",
    "get /openapi.json",
    "get /ready",
    "post /api/models/{name}/{action}",
    "post /api/rooms",
    "post /v1/realtime/calls",
    "post /v1/realtime/calls/{id}/hangup",
    "post /v1/realtime/client_secrets",
  ]);
});

test("a route without a description is not hidden", async () => {
  const secret: FastifyPluginCallback = (scope, _options, done) => {
    scope.get("/secret", () => "x");
    done();
  };
  const other = await createTestHttpServer({ routes: [secret] });
  const { paths } = await readDocument(other);
  expect(paths["/secret"]?.get?.summary).toBe(notDescribed);
  await other.close();
});

test("what is answered is what the document promises", async () => {
  const created = await server.inject({ method: "POST", url: "/api/rooms", payload: {} });
  expect(created.statusCode).toBe(201);
  const { roomId } = roomDescriptionSchema.parse(created.json());
  const here = { headers: { host: "localhost" } };
  const listed = await server.inject({ url: "/api/rooms", ...here });
  expect(roomListSchema.parse(listed.json()).rooms.map((room) => room.roomId)).toEqual([roomId]);
  const { paths } = await readDocument();
  const promised = paths["/api/rooms"]?.get?.responses;
  expect(Object.keys(promised ?? {})).toEqual(["200", "400", "401", "429", "507"]);
});

test("the page shows every operation, and no script", async () => {
  const { paths } = await readDocument();
  const page = await server.inject("/docs/api");
  expect(page.headers["content-type"]).toContain("text/html");
  for (const operations of Object.values(paths)) {
    for (const { operationId } of Object.values(operations)) {
      expect(page.body).toContain(`id="${operationId}"`);
    }
  }
  expect(page.body).not.toContain("<script");
});

test("every body and every answer has a schema", async () => {
  expect(placesWithoutSchema((await server.inject("/openapi.json")).json())).toEqual([]);
});
