import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { roomDescriptionSchema } from "@parley/shared/protocol/rooms-api";
import type { FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestHttpServer } from "../../testing/create-test-http-server";

const allowed = "https://www.example.org";
const other = "https://elsewhere.example";

let webRoot: string;
let server: FastifyInstance;

beforeEach(async () => {
  webRoot = await mkdtemp(path.join(tmpdir(), "parley-web-"));
  await writeFile(path.join(webRoot, "index.html"), "<title>Parley</title>");
  await writeFile(path.join(webRoot, "widget.js"), "1;");
  for (const folder of ["embed", "client", "examples"]) await mkdir(path.join(webRoot, folder));
  await writeFile(path.join(webRoot, "embed", "index.html"), "<title>Talk</title>");
  await writeFile(path.join(webRoot, "client", "parley-client.js"), "export {};");
  server = await createTestHttpServer({ webRoot, embedOrigins: [allowed] });
});

afterEach(async () => {
  await server.close();
  await rm(webRoot, { recursive: true });
});

async function policyOf(url: string, on = server): Promise<string> {
  const { headers } = await on.inject({ url, headers: { accept: "text/html" } });
  return String(headers["content-security-policy"]);
}

test("only the embedded page may be framed, and only by the pages that may", async () => {
  expect(await policyOf("/embed/")).toContain(`frame-ancestors 'self' ${allowed}`);
  expect(await policyOf("/")).toContain("frame-ancestors 'none'");
  expect(await policyOf("/embedded")).toContain("frame-ancestors 'none'");
});

test("unless it is set otherwise, pages of others may frame nothing", async () => {
  const closed = await createTestHttpServer({ webRoot });
  expect(await policyOf("/embed/", closed)).toMatch(/frame-ancestors 'self'$/);
  await closed.close();
});

test.each([
  [allowed, true],
  [other, false],
  ["null", false],
  ["http://localhost:7860", true],
  [undefined, true],
])("a page of %s is told that embedding is allowed: %s", async (origin, isAllowed) => {
  const headers = { host: "localhost:7860", ...(origin === undefined ? {} : { origin }) };
  const answer = await server.inject({ url: "/api/embed", headers });
  expect(answer.json()).toMatchObject({ isAllowed });
  expect(answer.headers["access-control-allow-origin"]).toBe("*");
});

test("a page that may creates and reads rooms; another page's browser keeps the answer", async () => {
  const create = (origin: string) =>
    server.inject({ method: "POST", url: "/api/rooms", payload: {}, headers: { origin } });
  const room = await create(allowed);
  expect(room.headers).toMatchObject({ "access-control-allow-origin": allowed, vary: "origin" });
  const { roomId } = roomDescriptionSchema.parse(room.json());
  const read = await server.inject({ url: `/api/rooms/${roomId}`, headers: { origin: allowed } });
  expect(read.headers["access-control-allow-origin"]).toBe(allowed);
  expect((await create(other)).headers["access-control-allow-origin"]).toBeUndefined();
});

test("a browser that asks first is told what such a page may send", async () => {
  const ask = (origin: string, url = "/api/rooms") =>
    server.inject({
      method: "OPTIONS",
      url,
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
      },
    });
  const answer = await ask(allowed);
  expect(answer.statusCode).toBe(204);
  expect(answer.headers).toMatchObject({
    "access-control-allow-origin": allowed,
    "access-control-allow-headers": "content-type",
  });
  expect((await ask(other)).headers["access-control-allow-origin"]).toBeUndefined();
  const models = await ask(allowed, "/api/models/x/use");
  expect(models.headers["access-control-allow-origin"]).toBeUndefined();
});

test("every page may import the library and load the widget", async () => {
  for (const url of ["/client/parley-client.js", "/widget.js"]) {
    const { headers, statusCode } = await server.inject({ url, headers: { origin: other } });
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "cache-control": "no-cache",
    });
    expect(headers.etag).toBeDefined();
  }
});

test("pages in folders are found without their closing slash", async () => {
  const answer = await server.inject({ url: "/embed" });
  expect([answer.statusCode, answer.headers.location]).toEqual([308, "/embed/"]);
});
