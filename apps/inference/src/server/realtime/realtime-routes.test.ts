import { once } from "node:events";
import { systemClock } from "@parley/shared/async/clock";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { defaultSessionSettings } from "../../session/settings";
import { scriptedEngines } from "../../testing/scripted-engines";
import { AgentServer } from "../agent-server";
import { secretAnswerSchema } from "./client-secret-messages";

const servers: AgentServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const engines = scriptedEngines();
const silent = { info: () => undefined, warn: () => undefined };

async function serve({ isLoaded = true, maxSessions = 4 } = {}): Promise<number> {
  const server = new AgentServer({
    workerId: "tried",
    version: "0.0.0",
    engines: () => (isLoaded ? engines : null),
    isDemonstration: () => true,
    maxSessions,
    linkKey: "secret",
    pageOrigins: ["https://talk.example.org"],
    defaultVoice: "plain",
    clock: systemClock,
    settings: defaultSessionSettings,
    log: silent,
  });
  servers.push(server);
  return await server.listen({ host: "127.0.0.1", port: 0 });
}

type Answered = { type: string; session?: object; error?: { code: string } };

/** The first event that a new client gets. */
async function firstEvent(port: number, headers: Record<string, string> = {}) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/realtime?model=mine`, { headers });
  const [data] = (await once(socket, "message")) as [Buffer];
  return { socket, event: JSON.parse(data.toString()) as Answered };
}

describe("the door of the Realtime API", () => {
  it("opens sessions with the client's model, without the link's key", async () => {
    const { event, socket } = await firstEvent(await serve());
    expect(event).toMatchObject({ type: "session.created", session: { model: "mine" } });
    socket.close();
  });

  it("says so, and closes with 1013, while models load or all sessions are taken", async () => {
    const loading = await firstEvent(await serve({ isLoaded: false }));
    expect(loading.event).toMatchObject({ type: "error", error: { code: "agent_unavailable" } });
    expect((await once(loading.socket, "close"))[0]).toBe(1_013);
    const port = await serve({ maxSessions: 1 });
    const { socket } = await firstEvent(port);
    const second = await firstEvent(port);
    expect(second.event).toMatchObject({ type: "error" });
    expect((await once(second.socket, "close"))[0]).toBe(1_013);
    socket.close();
    await once(socket, "close");
  });

  it("is shut for pages of other sites, but for those that the operator lists", async () => {
    const port = await serve();
    const foreign = new WebSocket(`ws://127.0.0.1:${port}/v1/realtime`, {
      headers: { origin: "https://evil.example.org" },
    });
    const [error] = (await once(foreign, "error")) as [Error];
    expect(error.message).toContain("403");
    const { event, socket } = await firstEvent(port, { origin: "https://talk.example.org" });
    expect(event.type).toBe("session.created");
    socket.close();
  });

  it("makes ephemeral keys in OpenAI's form, and the beta's", async () => {
    const base = `http://127.0.0.1:${await serve()}/v1/realtime`;
    const post = async (path: string, body: object) => {
      const headers = { "content-type": "application/json" };
      const request = { method: "POST", headers, body: JSON.stringify(body) };
      const response = await fetch(`${base}/${path}`, request);
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    const session = { type: "transcription" };
    const present = await post("client_secrets", { session, expires_after: { seconds: 10 } });
    expect(present.body).toMatchObject({
      value: expect.stringMatching(/^ek_/u) as string,
      session,
    });
    expect(secretAnswerSchema.parse(present.body)).toEqual(present.body);
    const speaking = await post("client_secrets", {
      session: { tools: [{ name: "look" }], audio: { output: { speed: 1.2 } } },
    });
    expect(secretAnswerSchema.parse(speaking.body)).toEqual(speaking.body);
    const beta = await post("sessions", { voice: "ash", modalities: ["text"] });
    expect(beta.body).toMatchObject({
      voice: "ash",
      modalities: ["text"],
      client_secret: { value: expect.stringMatching(/^ek_/u) as string },
    });
    const wrong = await post("client_secrets", { expires_after: { seconds: 5 } });
    expect(wrong.status).toBe(400);
    const message = expect.stringContaining("'expires_after.seconds': 5") as string;
    expect(wrong.body).toMatchObject({ error: { type: "invalid_request_error", message } });
  });
});
