import { writeWave } from "@parley/audio/wave/write-wave";
import { systemClock } from "@parley/shared/async/clock";
import { newId, type EntryId, type MemberId } from "@parley/shared/protocol/ids";
import { CharacterSynthesizer } from "@parley/speech/testing/scripted-models";
import { afterEach, describe, expect, it } from "vitest";
import type { SessionEngines } from "../session/engines";
import { defaultSessionSettings } from "../session/settings";
import { LinkClient } from "../testing/link-client";
import { scriptedEngines } from "../testing/scripted-engines";
import { AgentServer } from "./agent-server";

const servers: AgentServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(
  engines: SessionEngines | null = scriptedEngines(),
  maxSessions = 4,
  linkKey: string | null = null,
  pageOrigins: string[] = [],
) {
  const logged: string[] = [];
  const note = (details: object, message: string) => {
    logged.push(JSON.stringify({ ...details, message }));
  };
  const server = new AgentServer({
    engines: () => engines,
    isDemonstration: () => true,
    maxSessions,
    workerId: "worker-1",
    version: "0.1.0",
    linkKey,
    modelNames: () => engines && { recognizer: "ear", synthesizer: "voice" },
    pageOrigins,
    defaultVoice: "plain",
    clock: systemClock,
    settings: defaultSessionSettings,
    log: { info: note, warn: note },
  });
  servers.push(server);
  return { port: await server.listen({ host: "127.0.0.1", port: 0 }), server, logged };
}

function message(client: LinkClient, text: string): object {
  return { type: "message", messageId: newId<EntryId>(), memberId: client.memberId, text };
}

async function openClient(port: number): Promise<LinkClient> {
  const client = await LinkClient.connect(port);
  client.open();
  await client.until(({ type }) => type === "session-ready");
  return client;
}

describe("AgentServer", () => {
  it("reports health and readiness", async () => {
    const ready = await start();
    const loading = await start(null);
    for (const { port } of [ready, loading]) {
      expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
    }
    expect((await fetch(`http://127.0.0.1:${ready.port}/ready`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${loading.port}/ready`)).status).toBe(503);
  });

  it("opens a session, answers, and sends sound under the reply's id", async () => {
    const { port, logged } = await start();
    const client = await openClient(port);
    client.send(message(client, "a secret question"));
    const started = await client.until(({ type }) => type === "reply-start");
    await client.until(({ type }) => type === "reply-audio-end");
    expect(started).toMatchObject({ turnId: null });
    const replyId = started.type === "reply-start" ? started.replyId : "";
    expect(client.frames.every(({ id, kind }) => id === replyId && kind === "reply")).toBe(true);
    expect(client.frames.map(({ sequence }) => sequence)).toEqual(client.frames.map((_, at) => at));
    expect(client.notices[0]).toEqual({
      type: "session-ready",
      protocol: 2,
      engines: {
        recognizer: "scripted recogniser",
        chatModel: "listed answers",
        synthesizer: "character synthesiser",
        isDemonstration: true,
      },
    });
    expect(logged.join()).not.toMatch(/secret|Ada|Very well/);
  });

  it("refuses another protocol", async () => {
    const { port } = await start();
    const client = await LinkClient.connect(port);
    client.open({ protocol: 99 });
    expect(await client.errors(1)).toEqual(["protocol-mismatch"]);
    expect(await client.closed()).toBe(1008);
  });

  it.each([1, 2, 3])("understands neighbouring version %i of the protocol", async (protocol) => {
    const { port } = await start();
    const client = await LinkClient.connect(port);
    client.open({ protocol });
    const ready = await client.until(({ type }) => type === "session-ready");
    expect(ready).toMatchObject({ protocol: 2 });
  });

  it("tells media-servers about itself", async () => {
    const { port, server } = await start(scriptedEngines(), 4, null);
    const ask = async () => (await fetch(`http://127.0.0.1:${port}/api/worker`)).json();
    await openClient(port);
    expect(await ask()).toEqual({
      workerId: "worker-1",
      version: "0.1.0",
      protocol: 2,
      isReady: true,
      isDraining: false,
      models: {
        hears: "scripted recogniser",
        thinks: "listed answers",
        speaks: "character synthesiser",
      },
      voices: new CharacterSynthesizer().voices,
      languages: ["en"],
      capacity: 4,
      load: 0.25,
      chat: "answers",
    });
    server.drain();
    expect(await ask()).toMatchObject({ isDraining: true });
    expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(503);
    const late = await LinkClient.connect(port);
    late.open();
    expect(await late.errors(1)).toEqual(["agent-unavailable"]);
  });

  it("sends rooms away when it drains, one that waits for an answer once it has had it", async () => {
    const { port, server } = await start();
    const [quiet, asking] = [await openClient(port), await openClient(port)];
    asking.send(message(asking, "Parley, what time is it?"));
    const begun = await asking.until(({ type }) => type === "reply-start");
    const signal = new AbortController();
    const leaving = server.sendAway(signal.signal);
    let hasLeft = false;
    void asking.closed().then(() => (hasLeft = true));
    expect([await quiet.closed(), hasLeft]).toEqual([1013, false]);
    const report = { ...begun, type: "playout", atMs: 1 };
    asking.send({ ...report, state: "started", playedMs: 0 });
    asking.send({ ...report, state: "finished", playedMs: 60_000 });
    expect(await asking.closed()).toBe(1013);
    await leaving;
  });

  it("does not wait for rooms any longer than it is told to", async () => {
    const { port, server } = await start();
    const client = await openClient(port);
    client.send(message(client, "Parley, what time is it?"));
    await client.until(({ type }) => type === "reply-start");
    const hurrying = new AbortController();
    queueMicrotask(hurrying.abort.bind(hurrying));
    await server.sendAway(hurrying.signal);
  });

  it("tells nobody else about itself", async () => {
    const { port } = await start(scriptedEngines(), 4, "a-key-of-both-servers");
    const answer = await fetch(`http://127.0.0.1:${port}/api/worker`);
    expect(answer.status).toBe(403);
  });

  it("serves no more people than its device was measured to follow", async () => {
    const engines = scriptedEngines();
    const { port } = await start({
      ...engines,
      recognizer: { ...engines.recognizer, capacity: 2 },
    });
    const first = await openClient(port);
    first.send({ type: "member-joined", memberId: newId<MemberId>(), name: "Ben" });
    first.send(message(first, "Parley, what time is it?"));
    await first.until(({ type }) => type === "reply-start");
    const second = await LinkClient.connect(port);
    second.open();
    expect(await second.errors(1)).toEqual(["at-capacity"]);
    first.close();
    await first.closed();
    await openClient(port);
  });

  it("requires session-open first, and only once", async () => {
    const { port } = await start();
    const early = await LinkClient.connect(port);
    early.send(message(early, "hello"));
    expect(await early.errors(1)).toEqual(["invalid-state"]);
    expect(await early.closed()).toBe(1008);
    const twice = await openClient(port);
    twice.open();
    expect(await twice.errors(1)).toEqual(["invalid-state"]);
  });

  it("refuses with a retryable error while the models load, or when all sessions are taken", async () => {
    const loading = await LinkClient.connect((await start(null)).port);
    loading.open();
    expect(await loading.errors(1)).toEqual(["agent-unavailable"]);
    expect(await loading.closed()).toBe(1013);
    const { port } = await start(scriptedEngines(), 1);
    const first = await openClient(port);
    const second = await LinkClient.connect(port);
    second.open();
    expect(await second.errors(1)).toEqual(["at-capacity"]);
    expect(second.notices[0]).toMatchObject({ error: { isRetryable: true }, retryAfterMs: 5_000 });
    expect(await second.closed()).toBe(1013);
    first.send(message(first, "still there?"));
    await first.until(({ type }) => type === "reply-start");
  });

  it("drops invalid messages, reports each, and keeps the session", async () => {
    const { port } = await start();
    const client = await openClient(port);
    client.sendText("{");
    client.sendText('{"type":"message"}');
    client.sendText('{"type":"from-the-future"}');
    client.sendBytes(new Uint8Array(5));
    client.sendBytes(new Uint8Array(100_000));
    client.sendAudio({ sequence: 9 });
    client.sendAudio({ sequence: 8 });
    client.sendAudio({ sequence: 10, sampleRate: 48_000 });
    expect(await client.errors(6)).toEqual([
      "invalid-request",
      "invalid-request",
      "frame-malformed",
      "frame-too-large",
      "frame-out-of-order",
      "audio-unsupported",
    ]);
    client.send(message(client, "still there?"));
    await client.until(({ type }) => type === "reply-start");
  });

  it("closes a link that sends a flood of invalid messages, and no other", async () => {
    const { port } = await start();
    const [good, bad] = [await openClient(port), await openClient(port)];
    for (let count = 0; count < 30; count++) bad.sendText("nonsense");
    expect(await bad.closed()).toBe(1008);
    expect((await bad.errors(21)).at(-1)).toBe("too-many-requests");
    good.send(message(good, "still there?"));
    await good.until(({ type }) => type === "reply-start");
  });

  it("closes a link whose message is too long", async () => {
    const { port } = await start();
    const client = await openClient(port);
    client.sendText(JSON.stringify({ type: "message", text: "x".repeat(1_000_000) }));
    expect(await client.errors(1)).toEqual(["invalid-request"]);
    expect(await client.closed()).toBe(1008);
  });

  it("gives sessions to nobody without the key, where one is set", async () => {
    const key = "a-key-of-some-length";
    const { port } = await start(scriptedEngines(), 1, key);
    await expect(LinkClient.connect(port)).rejects.toThrow("401");
    for (const authorization of ["Bearer another key", `Basic ${key}`]) {
      const refused = LinkClient.connect(port, "/agent", { authorization });
      await expect(refused).rejects.toThrow("401");
    }
    const client = await LinkClient.connect(port, "/agent", { authorization: `Bearer ${key}` });
    client.open();
    await client.until(({ type }) => type === "session-ready");
  });

  it("refuses pages of other sites at every door", async () => {
    const { port } = await start();
    const foreign = { origin: "http://127.0.0.1:28999" };
    for (const path of ["/agent", "/", "/ws/tts/stream"]) {
      await expect(LinkClient.connect(port, path, foreign)).rejects.toThrow("403");
    }
    for (const path of ["/health", "/v1/audio/config", "/api/models"]) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: foreign });
      expect(answer.status).toBe(403);
    }
  });

  it("lets browsers hand answers to pages that may use it, and to no others", async () => {
    const origin = "https://talk.example.org";
    const { port } = await start(scriptedEngines(), 4, null, [origin]);
    const ask = (method: string, from: string, path = "/v1/audio/speech") =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: {
          origin: from,
          "access-control-request-method": "POST",
          "access-control-request-headers": "authorization,x-stainless-os",
        },
      });
    const preflight = await ask("OPTIONS", origin);
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe(origin);
    expect(preflight.headers.get("access-control-allow-headers")).toContain("x-stainless-os");
    expect(preflight.headers.get("access-control-allow-methods")).toContain("POST");
    const answer = await ask("GET", origin, "/v1/models");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
    expect(answer.headers.get("vary")).toBe("origin");
    const streamed = new FormData();
    streamed.append("stream", "true");
    const sound = writeWave({ sampleRate: 16_000, samples: new Int16Array(1_600) });
    streamed.append("file", new Blob([Uint8Array.from(sound)]), "a.wav");
    const events = await fetch(`http://127.0.0.1:${port}/v1/audio/transcriptions`, {
      method: "POST",
      headers: { origin },
      body: streamed,
    });
    expect(events.headers.get("content-type")).toContain("text/event-stream");
    expect(events.headers.get("access-control-allow-origin")).toBe(origin);
    await events.text();
    for (const method of ["OPTIONS", "GET"]) {
      const refused = await ask(method, "https://evil.example.org", "/v1/models");
      expect(refused.status).toBe(403);
      expect(refused.headers.has("access-control-allow-origin")).toBe(false);
      expect(await refused.json()).toMatchObject({ error: { type: "invalid_request_error" } });
    }
  });

  it("lists models in OpenAI's way", async () => {
    const { port } = await start();
    const get = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).json();
    const { data } = (await get("/v1/models")) as { data: { id: string }[] };
    const ids = data.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(["ear", "whisper-1", "voice", "tts-1"]));
    const entry = { object: "model", created: 0, owned_by: "parley" };
    for (const id of ids) expect(await get(`/v1/models/${id}`)).toEqual({ id, ...entry });
    expect(await get("/v1/audio/models")).toMatchObject({
      models: [{ id: "voice" }, { id: "tts-1" }, {}, {}],
    });
    expect(await get("/v1/models/some/other")).toMatchObject({
      error: { code: "not-found", type: "invalid_request_error" },
    });
    const loading = await start(null);
    expect((await fetch(`http://127.0.0.1:${loading.port}/v1/models`)).status).toBe(503);
  });

  it.each([
    ["GET", "/v1/nothing", null, 404],
    ["POST", "/v1/embeddings?x=1", "application/json", 404],
    ["POST", "/v1/images", "multipart/form-data; boundary=x", 404],
    ["GET", "/v1/audio/speech", null, 404],
    ["GET", "/v1/models/gpt-9", null, 404],
    ["GET", "/v1/%E0%A4%A", null, 400],
    ["POST", "/v1/audio/speech", "text/csv", 400],
    ["POST", "/v1/audio/speech", "application/json", 400],
  ])("answers %s %s in the form of OpenAI's errors", async (method, path, type, status) => {
    const { port } = await start();
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(type === null ? {} : { headers: { "content-type": type }, body: "{" }),
    });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({
      error: {
        message: expect.any(String) as string,
        type: "invalid_request_error",
        param: null,
        code: status === 404 ? "not-found" : "invalid-request",
      },
    });
  });

  it("refuses a session with more members or longer texts than a room can have", async () => {
    const { port } = await start();
    const many = Array.from({ length: 4_000 }, () => ({ memberId: newId<MemberId>(), name: "x" }));
    const client = await LinkClient.connect(port);
    client.open({ members: many });
    expect(await client.errors(1)).toEqual(["invalid-request"]);
  });

  it("refuses every other path", async () => {
    const { port } = await start();
    await expect(LinkClient.connect(port, "/elsewhere")).rejects.toThrow("404");
  });

  it("closes its links when it closes", async () => {
    const { port, server } = await start();
    const client = await openClient(port);
    await server.close();
    expect(await client.closed()).toBe(1013);
  });
});
