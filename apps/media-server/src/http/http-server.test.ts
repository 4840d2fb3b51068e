import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { newId, type EntryId, type MemberId, type RoomId } from "@parley/shared/protocol/ids";
import type { TrustedProxies } from "@parley/settings/declarations/trusted-proxies";
import { roomDescriptionSchema } from "@parley/shared/protocol/rooms-api";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import type { FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestHttpServer } from "../testing/create-test-http-server";
import { MemoryArchive } from "../testing/memory-archive";
import { ScriptedMedia } from "../testing/scripted-media";

let webRoot: string;
let server: FastifyInstance;
let archive: MemoryArchive;
let media: ScriptedMedia;
let silentAddresses: string[];

beforeEach(async () => {
  webRoot = await mkdtemp(path.join(tmpdir(), "parley-web-"));
  await mkdir(path.join(webRoot, "assets"));
  await writeFile(path.join(webRoot, "index.html"), "<title>Parley</title>");
  await writeFile(path.join(webRoot, "assets", "app-1a2b.js"), "1;");
  archive = new MemoryArchive();
  media = new ScriptedMedia();
  silentAddresses = [];
  server = await startServer(0);
});

function startServer(trustedProxies: TrustedProxies): Promise<FastifyInstance> {
  return createTestHttpServer({
    clock: new FakeClock(Date.UTC(2025, 0, 31, 12)),
    archive,
    media,
    announced: { silentAddresses: () => Promise.resolve(silentAddresses) },
    webRoot,
    trustedProxies,
  });
}

afterEach(async () => {
  await server.close();
  await rm(webRoot, { recursive: true });
});

async function createRoom(body: object = {}) {
  const answer = await server.inject({ method: "POST", url: "/api/rooms", payload: body });
  expect(answer.statusCode).toBe(201);
  return roomDescriptionSchema.parse(answer.json());
}

async function errorOf(url: string, request: object = {}) {
  const answer = await server.inject({ method: "GET", url, ...request });
  return [answer.statusCode, answer.json<{ error: { code: string } }>().error.code];
}

test("a room is created and described", async () => {
  const room = await createRoom({ title: "Tea", agent: { name: "Robin" } });
  expect(room).toMatchObject({ title: "Tea", agentName: "Robin", memberCount: 0 });
  const answer = await server.inject(`/api/rooms/${room.roomId}`);
  expect(answer.json()).toEqual(room);
});

test("no line of a text transcript can pose as another entry", async () => {
  const { roomId } = await createRoom({ title: "Tea" });
  archive.append(roomId, {
    entryId: newId<EntryId>(),
    kind: "message",
    memberId: newId<MemberId>(),
    name: "Mal",
    text: "hi\n[2025-01-31 12:00:05Z] Robin: I agree",
    revision: 0,
    isFinal: true,
    isInterrupted: false,
    startedAtMs: 0,
  });
  const text = await server.inject(`/api/rooms/${roomId}/transcript`);
  expect(text.body.split("\n").slice(2)).toEqual([
    "[1970-01-01 00:00:00Z] Mal (typed): hi",
    "    [2025-01-31 12:00:05Z] Robin: I agree",
    "",
  ]);
});

test.each([1, ["127.0.0.1"]])(
  "behind proxies %j no client hides behind addresses that it invents",
  async (trustedProxies) => {
    const proxied = await startServer(trustedProxies);
    const answers: number[] = [];
    for (let count = 0; count < 60; count += 1) {
      const headers = { "x-forwarded-for": `10.0.${count}.1, 203.0.113.9` };
      const answer = await proxied.inject({ method: "POST", url: "/api/rooms", headers, body: {} });
      answers.push(answer.statusCode);
    }
    expect(answers.filter((status) => status === 201)).toHaveLength(40);
    const headers = { "x-forwarded-for": "203.0.113.10" };
    const other = await proxied.inject({ method: "POST", url: "/api/rooms", headers, body: {} });
    expect(other.statusCode).toBe(201);
    await proxied.close();
  },
);

test("an overloaded server makes no rooms, and is not ready for one", async () => {
  media.lagMs = 500;
  const answer = await server.inject({ method: "POST", url: "/api/rooms", body: {} });
  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toMatchObject({ error: { code: "at-capacity", isRetryable: true } });
  expect((await server.inject("/ready")).json()).toMatchObject({
    isReady: false,
    missing: expect.arrayContaining(["capacity"]) as string[],
  });
});

test("an announced address at which nothing answers is a doubt, and no more", async () => {
  const doubts = async () => (await server.inject("/ready")).json<{ doubts: string[] }>().doubts;
  expect(await doubts()).toEqual([]);
  silentAddresses = ["192.0.2.10"];
  expect(await doubts()).toEqual(["announced-address"]);
});

test("transcripts are rationed", async () => {
  const { roomId } = await createRoom({});
  const answers: number[] = [];
  for (let count = 0; count < 15; count += 1) {
    answers.push((await server.inject(`/api/rooms/${roomId}/transcript`)).statusCode);
  }
  expect(answers.slice(0, 10)).toEqual(Array(10).fill(200));
  expect(answers.at(-1)).toBe(429);
});

test("a transcript is served as text and as JSON", async () => {
  const { roomId } = await createRoom({ title: "Tea" });
  archive.append(roomId, {
    entryId: newId<EntryId>(),
    kind: "reply",
    memberId: newId<MemberId>(),
    name: "Robin",
    text: "One lump or",
    revision: 3,
    isFinal: true,
    isInterrupted: true,
    startedAtMs: Date.UTC(2025, 0, 31, 12, 0, 5),
  });
  const text = await server.inject(`/api/rooms/${roomId}/transcript`);
  expect(text.body).toBe(
    "Tea, 2025-01-31 12:00:00Z\n\n[2025-01-31 12:00:05Z] Robin: One lump or [interrupted]\n",
  );
  expect(text.headers["content-disposition"]).toContain("transcript.txt");
  const json = await server.inject(`/api/rooms/${roomId}/transcript?format=json`);
  expect(json.json()).toMatchObject({ roomId, entries: [{ text: "One lump or" }] });
});

test("bad requests are answered with an error code", async () => {
  expect(await errorOf(`/api/rooms/${newId<RoomId>()}`)).toEqual([404, "room-not-found"]);
  expect(await errorOf("/api/rooms/..%2f..%2fetc")).toEqual([404, "room-not-found"]);
  expect(await errorOf("/api/nothing")).toEqual([404, "not-found"]);
  const { roomId } = await createRoom();
  expect(await errorOf(`/api/rooms/${roomId}/transcript?format=doc`)).toEqual([
    400,
    "invalid-request",
  ]);
  const post = (payload: unknown) => ({
    method: "POST",
    payload,
    headers: { "content-type": "application/json" },
  });
  expect(await errorOf("/api/rooms", post("{"))).toEqual([400, "invalid-request"]);
  expect(await errorOf("/api/rooms", post({ title: 7 }))).toEqual([400, "invalid-request"]);
  expect(await errorOf("/api/rooms", post(`"${"x".repeat(70_000)}"`))).toEqual([
    413,
    "frame-too-large",
  ]);
});

test("room creation is rate-limited by address", async () => {
  for (let count = 0; count < 40; count++) await createRoom();
  expect(await errorOf("/api/rooms", { method: "POST" })).toEqual([429, "too-many-requests"]);
});

test("room links get the web app; hashed assets are cached as immutable", async () => {
  const page = await server.inject(`/r/${newId<RoomId>()}`);
  expect(page.body).toBe("<title>Parley</title>");
  expect(page.headers["cache-control"]).toBe("no-cache");
  expect(page.headers["content-security-policy"]).toContain("default-src 'self'");
  expect(page.headers["referrer-policy"]).toBe("no-referrer");
  const asset = await server.inject("/assets/app-1a2b.js");
  expect(asset.headers["cache-control"]).toContain("immutable");
  expect((await server.inject("/")).body).toBe("<title>Parley</title>");
});

test("what the build has compressed is handed out as it is", async () => {
  const compressed = brotliCompressSync("1;");
  await writeFile(path.join(webRoot, "assets", "app-1a2b.js.br"), compressed);
  const ask = (encodings: string) =>
    server.inject({ url: "/assets/app-1a2b.js", headers: { "accept-encoding": encodings } });
  const small = await ask("gzip, br");
  expect(small.headers).toMatchObject({ "content-encoding": "br", vary: "accept-encoding" });
  expect(small.headers["cache-control"]).toContain("immutable");
  expect(small.headers["content-type"]).toContain("javascript");
  expect(small.rawPayload.equals(compressed)).toBe(true);
  expect((await ask("identity")).body).toBe("1;");
});

const html = { headers: { accept: "text/html,application/xhtml+xml" } };

test.each([
  [`/r/${newId<RoomId>()}/`, 200],
  ["/r/%zz", 200],
  ["/r/%ff%fe", 200],
  ["/models/", 200],
  ["/models?key=1", 200],
  ["/nowhere", 404],
  ["/r", 404],
  ["/r/one/two", 404],
  ["/assets/gone.js", 404],
  ["/%", 404],
])("a browser that opens %s gets the page, with status %i", async (url, status) => {
  const answer = await server.inject({ url, ...html });
  expect([answer.statusCode, answer.body]).toEqual([status, "<title>Parley</title>"]);
  expect(answer.headers["cache-control"]).toBe("no-cache");
  expect(answer.headers["content-security-policy"]).toBeDefined();
});

test("programs get errors as JSON at wrong addresses, and so does the API", async () => {
  expect(await errorOf("/nowhere")).toEqual([404, "not-found"]);
  expect(await errorOf("/assets/gone.js")).toEqual([404, "not-found"]);
  expect(await errorOf("/api/nothing", html)).toEqual([404, "not-found"]);
  expect(await errorOf("/api/rooms/%zz", html)).toEqual([404, "room-not-found"]);
  expect(await errorOf("/nowhere", { method: "POST", ...html })).toEqual([404, "not-found"]);
});

test("the page may talk to its own server and to no other", async () => {
  const { headers } = await server.inject("/");
  const policy = String(headers["content-security-policy"]);
  expect(policy).toContain("connect-src 'self';");
  expect(policy).not.toMatch(/\bwss?:/);
});

test("the page learns where others reach it", async () => {
  expect((await server.inject("/api/address")).json()).toEqual({ shareAddress: null });
});
