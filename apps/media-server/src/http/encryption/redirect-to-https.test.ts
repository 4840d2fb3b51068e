import fastify, { type FastifyInstance } from "fastify";
import { beforeEach, expect, test } from "vitest";
import { redirectToHttps } from "./redirect-to-https";

let server: FastifyInstance;

beforeEach(() => {
  server = fastify();
  redirectToHttps(server);
  server.get("/*", () => "the page");
});

async function open(host: string, accept = "text/html") {
  const { statusCode, headers } = await server.inject({ url: "/r/1?a", headers: { host, accept } });
  return [statusCode, headers.location];
}

test("pages that are opened without encryption are sent on", async () => {
  expect(await open("192.168.1.20:7860")).toEqual([307, "https://192.168.1.20:7860/r/1?a"]);
});

test("localhost and programs are not", async () => {
  expect(await open("localhost:7860")).toEqual([200, undefined]);
  expect(await open("127.0.0.1:7860")).toEqual([200, undefined]);
  expect(await open("192.168.1.20:7860", "*/*")).toEqual([200, undefined]);
});
