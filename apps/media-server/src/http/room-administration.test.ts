import { newId, type RoomId } from "@parley/shared/protocol/ids";
import { roomDescriptionSchema, roomListSchema } from "@parley/shared/protocol/rooms-api";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import type { FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idleRoomMs } from "../rooms/room-registry";
import { createTestHttpServer } from "../testing/create-test-http-server";

const operatorKey = "correct-horse-battery";
const operator = { authorization: `Bearer ${operatorKey}`, host: "parley.example" };
const elsewhere = { remoteAddress: "192.0.2.7", headers: { host: "parley.example" } };

let clock: FakeClock;
let server: FastifyInstance;

beforeEach(async () => {
  clock = new FakeClock(1_000);
  server = await createTestHttpServer({ clock, operatorKey });
});

afterEach(() => server.close());

async function createRoom(title: string): Promise<RoomId> {
  const answer = await server.inject({ method: "POST", url: "/api/rooms", payload: { title } });
  return roomDescriptionSchema.parse(answer.json()).roomId;
}

async function list(query = "") {
  const url = `/api/rooms${query}`;
  const answer = await server.inject({ ...elsewhere, url, headers: operator });
  return roomListSchema.parse(answer.json()).rooms;
}

function remove(roomId: string, headers: Record<string, string> = operator) {
  return server.inject({ ...elsewhere, method: "DELETE", url: `/api/rooms/${roomId}`, headers });
}

test("the operator lists rooms, open ones and those at rest", async () => {
  await createRoom("Tea");
  await clock.advance(idleRoomMs);
  await createRoom("Coffee");
  expect(await list()).toMatchObject([
    { title: "Coffee", isOpen: true, memberCount: 0 },
    { title: "Tea", isOpen: false, lastWrittenAtMs: 1_000 },
  ]);
  expect(await list("?limit=1")).toHaveLength(1);
  expect(await list("?beforeMs=1001")).toMatchObject([{ title: "Tea" }]);
});

test("the operator deletes a room, open or not; a second time there is none", async () => {
  const roomId = await createRoom("Tea");
  expect((await remove(roomId)).statusCode).toBe(204);
  expect((await server.inject(`/api/rooms/${roomId}`)).statusCode).toBe(404);
  expect(await list()).toEqual([]);
  expect((await remove(roomId)).statusCode).toBe(404);
  expect((await remove(newId<RoomId>())).statusCode).toBe(404);
});

test("nobody else lists or deletes, whoever knows a room's id included", async () => {
  const roomId = await createRoom("Tea");
  expect((await remove(roomId, elsewhere.headers)).statusCode).toBe(401);
  expect((await server.inject({ ...elsewhere, url: "/api/rooms" })).statusCode).toBe(401);
  // A page of another site in the operator's own browser.
  const foreign = { host: "localhost", origin: "https://elsewhere.example" };
  const request = { method: "DELETE", url: `/api/rooms/${roomId}`, headers: foreign } as const;
  expect((await server.inject(request)).statusCode).toBe(400);
  expect((await server.inject({ url: "/api/rooms", headers: foreign })).statusCode).toBe(400);
  expect((await server.inject(`/api/rooms/${roomId}`)).statusCode).toBe(200);
});

test("a list that cannot be is refused", async () => {
  const answer = await server.inject({
    ...elsewhere,
    url: "/api/rooms?limit=0",
    headers: operator,
  });
  expect(answer.statusCode).toBe(400);
});
