import { systemClock } from "@parley/shared/async/clock";
import { newId, type EntryId, type MemberId } from "@parley/shared/protocol/ids";
import {
  CharacterSynthesizer,
  soundActivity,
  WordCode,
  wordRecognizer,
} from "@parley/speech/testing/scripted-models";
import { afterEach, describe, expect, it } from "vitest";
import type { SessionEngines } from "../session/engines";
import { defaultSessionSettings } from "../session/settings";
import { LinkClient } from "../testing/link-client";
import { ListedChatModel } from "../testing/listed-chat-model";
import { scriptedTurnDetector } from "../testing/scripted-turn-detector";
import { AgentServer } from "./agent-server";

const servers: AgentServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

function scriptedEngines(): SessionEngines {
  return {
    voiceActivityDetector: soundActivity(),
    recognizer: wordRecognizer(new WordCode()),
    turnDetector: scriptedTurnDetector(),
    chatModel: new ListedChatModel(() => ["Very well."]),
    synthesizer: new CharacterSynthesizer(),
    toolSets: [],
  };
}

async function start(
  engines: SessionEngines | null = scriptedEngines(),
  maxSessions = 4,
  linkKey: string | null = null,
) {
  const logged: string[] = [];
  const note = (details: object, message: string) => {
    logged.push(JSON.stringify({ ...details, message }));
  };
  const server = new AgentServer({
    engines: () => engines,
    isDemonstration: () => true,
    maxSessions,
    linkKey,
    pageOrigins: [],
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
      protocol: 1,
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
    expect(await second.errors(1)).toEqual(["agent-unavailable"]);
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
