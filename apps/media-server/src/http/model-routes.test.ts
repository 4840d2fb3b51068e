import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ModelsOverview, ModelSummary } from "@parley/shared/protocol/models-api";
import type { FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestHttpServer } from "../testing/create-test-http-server";

const operatorKey = "correct-horse-battery";
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const elsewhere = { remoteAddress: "192.0.2.7", headers: { host: "parley.example" } };

const model: ModelSummary = {
  name: "nemotron-streaming-en",
  title: "Nemotron Speech",
  family: "nemotron-streaming-en",
  form: null,
  job: "hear",
  purpose: "Live English.",
  caution: null,
  licence: "NVIDIA Open Model License",
  pageUrl: "https://huggingface.co/nvidia/nemotron",
  downloadBytes: 2_400_000_000,
  diskBytes: 0,
  state: "absent",
  progress: null,
  notice: null,
  problem: null,
  isActive: false,
  usage: "live",
  precisions: [{ precision: "int8", runBytes: null, isPrepared: false }],
  activePrecision: null,
  isShipped: false,
  isDemonstration: false,
};
const overview: ModelsOverview = {
  models: [model],
  suggestions: [],
  machine: { cores: 2, memoryBytes: 8e9, graphics: null, devices: [] },
  hub: { title: "Hugging Face", state: "idle" },
  pinned: [],
};

let inference: Server;
let asked: string[];
let answer: { status: number; body: string };
let server: FastifyInstance;

beforeEach(async () => {
  asked = [];
  answer = { status: 200, body: JSON.stringify(overview) };
  inference = createServer((request, response) => {
    asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
    response.writeHead(answer.status).end(answer.body);
  }).listen(0, "127.0.0.1");
  await once(inference, "listening");
  server = await open({ operatorKey });
});

afterEach(async () => {
  await server.close();
  inference.close();
});

function open(change: { operatorKey?: string | null; trustedProxies?: number }) {
  const { port } = inference.address() as AddressInfo;
  return createTestHttpServer({
    directory: { workers: [{ url: `ws://127.0.0.1:${port}`, isReady: true, card: null }] },
    ...change,
  });
}

async function ask(request: object = {}, on = server): Promise<[number, string]> {
  const reply = await on.inject({ method: "GET", url: "/api/models", ...request });
  const body = reply.json<{ error?: { code: string } }>();
  return [reply.statusCode, body.error?.code ?? "ok"];
}

function act(headers: Record<string, string> = {}, path = `${model.name}/pull`) {
  return ask({ method: "POST", url: `/api/models/${path}`, headers });
}

test("the operator sees the models, and the response is not cached", async () => {
  const reply = await server.inject("/api/models");
  expect(reply.json()).toEqual(overview);
  expect(reply.headers["cache-control"]).toBe("no-store");
  expect(asked).toEqual(["GET /api/models"]);
});

test("known actions are forwarded, unknown ones refused", async () => {
  expect(await act()).toEqual([200, "ok"]);
  expect(await act({}, `${model.name}:int8/adopt`)).toEqual([200, "ok"]);
  expect(asked.splice(0)).toEqual([
    "POST /api/models/nemotron-streaming-en/pull",
    "POST /api/models/nemotron-streaming-en%3Aint8/adopt",
  ]);
  for (const path of [
    `${model.name}/burn`,
    "%2e%2e/pull",
    "a%2Fb/pull",
    "-x/use",
    "a:/use",
    "a:b:c/use",
  ]) {
    expect(await act({}, path)).toEqual([404, "not-found"]);
  }
  expect(asked).toEqual([]);
});

describe("access", () => {
  const refused = [401, "operator-only"];
  const allowed = [200, "ok"];

  test.each([
    ["127.0.0.1", "localhost:7860"],
    ["127.0.1.1", "127.0.1.1:7860"],
    ["::1", "[::1]:7860"],
    ["::ffff:127.0.0.1", "LOCALHOST"],
  ])("from this machine is allowed: %s at %s", async (remoteAddress, host) => {
    expect(await ask({ remoteAddress, headers: { host } })).toEqual(allowed);
  });

  test("from another machine needs the key", async () => {
    const { headers } = elsewhere;
    const withKey = (key: string) => ask({ ...elsewhere, headers: { ...headers, ...bearer(key) } });
    expect(await ask(elsewhere)).toEqual(refused);
    expect(await withKey(operatorKey)).toEqual(allowed);
    for (const wrong of ["correct-horse-batterY", operatorKey.slice(1), `${operatorKey}x`, ""]) {
      expect(await withKey(wrong)).toEqual(refused);
    }
    expect(asked).toHaveLength(1);
  });

  test("refused says what is needed, and never the key", async () => {
    const reply = await server.inject({ url: "/api/models", ...elsewhere });
    expect(reply.headers["www-authenticate"]).toBe("Bearer");
    expect(reply.body).toContain("The key is the one set there as OPERATOR_KEY.");
    expect(reply.body).not.toContain(operatorKey);
  });

  test("from another machine is refused when no key is set", async () => {
    const keyless = await open({ operatorKey: null });
    const headers = { ...elsewhere.headers, ...bearer("null") };
    expect(await ask({ ...elsewhere, headers }, keyless)).toEqual(refused);
    expect(await ask({}, keyless)).toEqual(allowed);
    await keyless.close();
  });

  test.each([true, false])(
    "through a proxy on this machine needs the key (%s)",
    async (isBehind) => {
      const proxied = await open({ operatorKey, trustedProxies: isBehind ? 1 : 0 });
      for (const name of ["x-forwarded-for", "forwarded", "x-real-ip", "via"]) {
        const headers = { host: "localhost", [name]: "127.0.0.1" };
        expect(await ask({ headers }, proxied)).toEqual(refused);
        expect(await ask({ headers: { ...headers, ...bearer(operatorKey) } }, proxied)).toEqual(
          allowed,
        );
      }
      expect(await ask({}, proxied)).toEqual(allowed);
      await proxied.close();
    },
  );

  test("by a foreign name for this machine is refused (DNS rebinding)", async () => {
    const headers = { host: "rebound.example:7860", origin: "http://rebound.example:7860" };
    expect(await act(headers)).toEqual(refused);
    expect(await ask({ headers: { host: "localhost.example" } })).toEqual(refused);
  });

  test("is rate-limited by address", async () => {
    for (let count = 0; count < 40; count++) await ask(elsewhere);
    expect(await ask(elsewhere)).toEqual([429, "too-many-requests"]);
    expect(await ask()).toEqual(allowed);
  });
});

describe("cross-site requests", () => {
  const host = "localhost:7860";

  test.each<[Record<string, string>]>([
    [{ "sec-fetch-site": "cross-site" }],
    [{ "sec-fetch-site": "same-site", origin: "http://localhost:3000" }],
    [{ origin: "https://evil.example" }],
    [{ origin: "http://localhost:3000" }],
    [{ origin: "null" }],
  ])("from other sites are refused: %j", async (headers) => {
    expect(await act({ host, ...headers })).toEqual([400, "invalid-request"]);
    expect(await act({ host, ...bearer(operatorKey), ...headers })).toEqual([
      400,
      "invalid-request",
    ]);
    expect(asked).toEqual([]);
  });

  test.each<[Record<string, string>]>([
    [{}],
    [{ origin: "http://localhost:7860" }],
    // Behind a development server the origins differ; Sec-Fetch-Site decides.
    [{ "sec-fetch-site": "same-origin", origin: "http://localhost:9000" }],
  ])("from our own page or a program pass: %j", async (headers) => {
    expect(await act({ host, ...headers })).toEqual([200, "ok"]);
  });
});

describe("inference", () => {
  test("that is not reachable is agent-unavailable", async () => {
    inference.close();
    await once(inference, "close");
    expect(await ask()).toEqual([503, "agent-unavailable"]);
    expect(await act()).toEqual([503, "agent-unavailable"]);
  });

  test("that refuses is quoted", async () => {
    const error = { code: "invalid-state", message: "It is in use.", isRetryable: false };
    answer = { status: 409, body: JSON.stringify({ error }) };
    const reply = await server.inject({ method: "POST", url: "/api/models/a/remove" });
    expect([reply.statusCode, reply.json()]).toEqual([409, { error }]);
  });

  test.each([
    [200, "{"],
    [200, '{"models":[{"name":"a"}]}'],
    [404, '{"message":"Route GET:/api/models not found"}'],
    [500, JSON.stringify(overview)],
  ])("that answers with something else is protocol-mismatch: %i %s", async (status, body) => {
    answer = { status, body };
    expect(await ask()).toEqual([409, "protocol-mismatch"]);
  });
});
