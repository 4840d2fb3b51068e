import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { AppError } from "@parley/shared/errors";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { OpenCalls } from "../../calls/open-calls";
import { offers } from "../../calls/sdp/testing/offers";
import { silentLog } from "../../contracts/log";
import type { MediaEngine } from "../../contracts/media-engine";
import { maxRoomsPerAddress, RoomAdmission } from "../../rooms/room-admission";
import { ScriptedMedia } from "../../testing/scripted-media";
import { callRoutes } from "./call-routes";

const page = "https://talk.example.org";

let media: ScriptedMedia;
let clock: FakeClock;
let calls: OpenCalls;
let http: FastifyInstance;
let inference: Server;
let asked: { path: string; key: string; body: string }[];
let opened: Parameters<MediaEngine["openCall"]>[0][];

beforeEach(async () => {
  [asked, opened] = [[], []];
  clock = new FakeClock();
  media = new ScriptedMedia();
  media.openCall = (request) => {
    opened.push(request);
    return Promise.resolve({
      iceParameters: { usernameFragment: "server", password: "password" },
      iceCandidates: [],
      fingerprints: [],
      sctp: null,
      voice: null,
    });
  };
  inference = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      asked.push({ path: request.url ?? "", key: request.headers.authorization ?? "", body });
      response.writeHead(body.includes("bad") ? 400 : 200).end('{"value":"ek_1"}');
    });
  }).listen(0, "127.0.0.1");
  await once(inference, "listening");
  const { port } = inference.address() as AddressInfo;
  calls = new OpenCalls({ media, admission: new RoomAdmission(media), log: silentLog });
  http = fastify();
  http.register(
    callRoutes({
      calls,
      clock,
      inferenceKey: "the-servers-own-key",
      pageOrigins: [page],
      directory: { workers: [{ url: `ws://127.0.0.1:${port}`, isReady: true, card: null }] },
    }),
  );
});
afterEach(async () => {
  await http.close();
  inference.closeAllConnections();
  inference.close();
});

const call = (headers: Record<string, string> = {}, url = "/v1/realtime/calls") =>
  http.inject({
    method: "POST",
    url,
    headers: { "content-type": "application/sdp", host: "127.0.0.1:7860", ...headers },
    payload: offers.chromium,
  });

async function callWithForm(fields: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const encoded = new Response(form);
  return http.inject({
    method: "POST",
    url: "/v1/realtime/calls",
    headers: { "content-type": encoded.headers.get("content-type") ?? "", host: "localhost" },
    payload: Buffer.from(await encoded.arrayBuffer()),
  });
}

describe("a call", () => {
  it("is answered with SDP, and has a place of its own until it is hung up", async () => {
    const answer = await call({ authorization: "Bearer ek_7" }, "/v1/realtime/calls?model=small");
    expect(answer.statusCode).toBe(201);
    expect(answer.headers["content-type"]).toMatch(/^application\/sdp/u);
    expect(answer.body).toMatch(/^v=0\r\n/u);
    const location = answer.headers.location ?? "";
    expect(location).toBe(`/v1/realtime/calls/${opened[0]?.callId ?? ""}`);
    expect(opened[0]?.session).toEqual({ model: "small", secret: "ek_7", settings: null });
    const hangUp = { method: "POST", url: `${location}/hangup` } as const;
    expect((await http.inject(hangUp)).statusCode).toBe(200);
    expect(media.calls).toContain("closeCall");
    media.emit({ type: "call-ended", callId: opened[0]!.callId, reason: "hung-up" });
    expect((await http.inject(hangUp)).statusCode).toBe(404);
    expect(calls.size).toBe(0);
  });

  it("takes a form with settings, and hands on no key that is not ephemeral", async () => {
    const session = { type: "realtime", model: "mini", instructions: "Be brief." };
    const sdp = offers.firefox;
    const answer = await callWithForm({ sdp, session: JSON.stringify(session) });
    expect(answer.statusCode).toBe(201);
    expect(opened[0]?.session).toEqual({ model: "mini", secret: null, settings: session });
    await call({ authorization: "Bearer sk-somebody's" });
    expect(opened[1]?.session).toEqual({ model: "gpt-realtime", secret: null, settings: null });
  });

  it("that cannot be read is refused in OpenAI's form", async () => {
    const refused = [
      await http.inject({ method: "POST", url: "/v1/realtime/calls", payload: { sdp: 7 } }),
      await callWithForm({ session: "{}" }),
      await callWithForm({ sdp: offers.firefox, session: "[" }),
      await callWithForm({ sdp: "v=1" }),
    ];
    for (const { statusCode, body } of refused) {
      expect(statusCode).toBe(400);
      expect(JSON.parse(body)).toMatchObject({
        error: { type: "invalid_request_error", code: "invalid-request", param: null },
      });
    }
    expect(opened).toEqual([]);
  });

  it("that inference or the media thread refuses gives its share back", async () => {
    media.openCall = () =>
      Promise.reject(new AppError("at-capacity", "All are taken.", { isRetryable: true }));
    for (let index = 0; index <= maxRoomsPerAddress; index++) {
      const answer = await call();
      expect(answer.statusCode).toBe(503);
      expect(answer.headers["retry-after"]).toBe("5");
      await clock.advance(1_000);
    }
    expect(calls.size).toBe(0);
  });

  it("is one of so many of an address, and waits while the media thread lags", async () => {
    for (let index = 0; index < maxRoomsPerAddress; index++) {
      expect((await call()).statusCode).toBe(201);
    }
    expect((await call()).statusCode).toBe(429);
    media.emit({ type: "call-ended", callId: opened[0]!.callId, reason: "left" });
    expect((await call()).statusCode).toBe(201);
    media.lagMs = 100;
    await clock.advance(60_000);
    expect((await call()).json()).toMatchObject({ error: { code: "at-capacity" } });
  });

  it("may be asked for so often, from one address", async () => {
    media.openCall = () => Promise.reject(new AppError("agent-unavailable", "away"));
    const statuses = [];
    for (let index = 0; index < 41; index++) statuses.push((await call()).statusCode);
    expect(statuses.slice(-2)).toEqual([503, 429]);
  });
});

describe("pages of other sites", () => {
  it("are told that they may, where they are let in", async () => {
    const asking = await http.inject({
      method: "OPTIONS",
      url: "/v1/realtime/calls",
      headers: {
        host: "127.0.0.1:7860",
        origin: page,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
      },
    });
    expect(asking.statusCode).toBe(204);
    expect(asking.headers).toMatchObject({
      "access-control-allow-origin": page,
      "access-control-allow-headers": "authorization,content-type",
    });
    const answer = await call({ origin: page });
    expect(answer.statusCode).toBe(201);
    expect(answer.headers).toMatchObject({
      "access-control-allow-origin": page,
      "access-control-expose-headers": expect.stringContaining("location") as string,
    });
  });

  it("are refused where they are not, forms too, which need no permission of a browser", async () => {
    const answer = await call({ origin: "https://elsewhere.example.com" });
    expect(answer.statusCode).toBe(403);
    expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
    expect(opened).toEqual([]);
  });
});

describe("an ephemeral key", () => {
  it("is made by inference, whose answer is handed on", async () => {
    const url = "/v1/realtime/client_secrets";
    const session = { type: "realtime" };
    const made = await http.inject({ method: "POST", url, payload: { session } });
    expect([made.statusCode, made.json()]).toEqual([200, { value: "ek_1" }]);
    expect(asked).toEqual([
      { path: url, key: "Bearer the-servers-own-key", body: JSON.stringify({ session }) },
    ]);
    const refused = await http.inject({ method: "POST", url, payload: { session: "bad" } });
    expect(refused.statusCode).toBe(400);
  });
});
