import Fastify from "fastify";
import { expect, it } from "vitest";
import { metricsRoute } from "./metrics-route";
import { openRegistry } from "./open-registry";

const metricsKey = "a-key-for-prometheus";

async function ask(remoteAddress: string, headers: Record<string, string> = {}) {
  const http = Fastify();
  http.register(metricsRoute({ registry: openRegistry(), metricsKey }));
  return await http.inject({ url: "/metrics", remoteAddress, headers });
}

it("tells this machine, in Prometheus' form, the lag of the event loop among others", async () => {
  const answer = await ask("127.0.0.1", { host: "localhost:8080" });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers["content-type"]).toMatch(/^text\/plain; version=/);
  expect(answer.body).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m);
});

it("tells who has the key from elsewhere, and no stranger", async () => {
  expect((await ask("192.0.2.7")).statusCode).toBe(403);
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
  expect((await ask("192.0.2.7", bearer("another-key-of-length"))).statusCode).toBe(403);
  expect((await ask("192.0.2.7", bearer(metricsKey))).statusCode).toBe(200);
});

it("tells nobody who comes through a proxy on this machine", async () => {
  const headers = { host: "localhost:8080", "x-forwarded-for": "192.0.2.7" };
  expect((await ask("127.0.0.1", headers)).statusCode).toBe(403);
});
