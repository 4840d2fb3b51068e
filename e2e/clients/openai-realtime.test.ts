/** The `openai` package's Realtime client with its defaults: nothing but the address is set. */
import { once } from "node:events";
import OpenAI from "openai";
import type { OpenAIRealtimeWS } from "openai/realtime/ws";
import type { RealtimeServerEvent } from "openai/resources/realtime/realtime";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { connectRealtime } from "./realtime-client";
import { RealtimeLog } from "./realtime-log";
import { SecureDoor } from "./secure-door";
import { openSpeechDoors, sentence, type SpeechDoors } from "./speech-doors";
import { spokenPieces, telephonedPieces } from "./spoken-question";

let doors: SpeechDoors;
let secure: SecureDoor;
beforeAll(async () => {
  doors = await openSpeechDoors();
  secure = await SecureDoor.open(doors.url);
});
afterAll(async () => {
  await secure.close();
  await doors.close();
});

const open: OpenAIRealtimeWS[] = [];
afterEach(() => {
  for (const client of open.splice(0)) client.close();
});

async function connect(apiKey?: string) {
  const connected = await connectRealtime(secure, apiKey);
  open.push(connected.client);
  return connected;
}

async function speak(client: OpenAIRealtimeWS, pieces = spokenPieces()): Promise<void> {
  for (const piece of await pieces) {
    client.send({ type: "input_audio_buffer.append", audio: piece.toString("base64") });
  }
}

/** Settings of a client that says itself when a turn is over. */
const pushToTalk = { transcription: { model: "whisper-1" }, turn_detection: null };

describe("a spoken turn", () => {
  it("is heard, transcribed and answered with speech", async () => {
    const { client, log } = await connect();
    client.send({
      type: "session.update",
      session: {
        type: "realtime",
        audio: { input: { transcription: { model: "gpt-4o-transcribe" } } },
      },
    });
    await speak(client);
    const completed = await log.until("conversation.item.input_audio_transcription.completed");
    expect(completed.transcript).toBe(sentence);
    const { response } = await log.until("response.done");
    expect(response.status).toBe("completed");
    expect(response.usage?.output_token_details?.audio_tokens).toBeGreaterThan(10);
    const [item] = response.output ?? [];
    const said = item?.type === "message" ? item.content[0] : undefined;
    expect(said).toMatchObject({
      type: "output_audio",
      transcript: expect.stringMatching(/\w+/u) as string,
    });
    const deltas = log.all("response.output_audio.delta").map(({ delta }) => delta);
    const bytes = deltas.reduce((sum, delta) => sum + Buffer.from(delta, "base64").length, 0);
    expect(bytes / 48_000).toBeGreaterThan(0.5);
    const order = [
      "input_audio_buffer.speech_started",
      "input_audio_buffer.speech_stopped",
      "input_audio_buffer.committed",
      "response.created",
      "response.output_item.added",
      "response.content_part.added",
      "response.output_audio.delta",
      "response.output_audio.done",
      "response.content_part.done",
      "response.output_item.done",
      "response.done",
    ];
    const places = order.map((type) => log.types.indexOf(type));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places).not.toContain(-1);
  });
});

describe("a telephone", () => {
  it("is heard and answered in G.711", async () => {
    const { client, log } = await connect();
    const format = { type: "audio/pcmu" as const };
    const audio = { input: { format, transcription: {} }, output: { format } };
    client.send({ type: "session.update", session: { type: "realtime", audio } });
    await speak(client, telephonedPieces());
    const completed = await log.until("conversation.item.input_audio_transcription.completed");
    expect(completed.transcript).toContain("He might even have been made");
    const { response } = await log.until("response.done");
    const deltas = log.all("response.output_audio.delta").map(({ delta }) => delta);
    const bytes = deltas.reduce((sum, delta) => sum + Buffer.from(delta, "base64").length, 0);
    // A byte is an eighth of a millisecond, a token 50 ms.
    const tokens = response.usage?.output_token_details?.audio_tokens ?? 0;
    expect(Math.abs(bytes / 8 / 50 - tokens)).toBeLessThanOrEqual(1);
    expect(tokens).toBeGreaterThan(10);
  });
});

describe("push-to-talk", () => {
  it("ends a turn when it is told so, and answers when it is asked", async () => {
    const { client, log } = await connect();
    const audio = { input: pushToTalk };
    client.send({ type: "session.update", session: { type: "realtime", audio } });
    await speak(client);
    client.send({ type: "input_audio_buffer.commit" });
    client.send({ type: "response.create" });
    const { item_id: itemId } = await log.until("input_audio_buffer.committed");
    const completed = await log.until("conversation.item.input_audio_transcription.completed");
    expect(completed).toMatchObject({ item_id: itemId, transcript: sentence });
    await log.until("response.done");
    expect(log.types).not.toContain("input_audio_buffer.speech_started");
    client.send({ type: "input_audio_buffer.commit" });
    const { error } = await log.until("error");
    expect(error.code).toBe("input_audio_buffer_commit_empty");
  });

  it("forgets what is cleared", async () => {
    const { client, log } = await connect();
    const audio = { input: pushToTalk };
    client.send({ type: "session.update", session: { type: "realtime", audio } });
    await speak(client);
    client.send({ type: "input_audio_buffer.clear" });
    await log.until("input_audio_buffer.cleared");
    client.send({
      type: "input_audio_buffer.append",
      audio: Buffer.alloc(9_600).toString("base64"),
    });
    client.send({ type: "input_audio_buffer.commit" });
    const completed = await log.until("conversation.item.input_audio_transcription.completed");
    expect(completed.transcript).toBe("");
  });
});

describe("a typed line", () => {
  it("is answered in text once that is asked for", async () => {
    const { client, log, type } = await connect();
    type("What is two plus two?");
    await log.until("conversation.item.done");
    client.send({ type: "response.create", response: { output_modalities: ["text"] } });
    const { text } = await log.until("response.output_text.done");
    expect(text).toMatch(/four/iu);
    const { response } = await log.until("response.done");
    expect(response).toMatchObject({ status: "completed", output_modalities: ["text"] });
    expect(log.all("response.output_audio.delta")).toEqual([]);
  });

  it("is remembered, until the client deletes it", async () => {
    const { client, log, type } = await connect();
    type("My name is Ada.");
    client.send({ type: "response.create", response: { output_modalities: ["text"] } });
    await log.until("response.done");
    type("What is my name?");
    client.send({ type: "response.create", response: { output_modalities: ["text"] } });
    await log.until("response.done", 2);
    expect(log.all("response.output_text.done").at(-1)?.text).toContain("Ada");
  });
});

describe("what a client does wrong", () => {
  it("is told, and closes nothing", async () => {
    const { client, log, type } = await connect();
    client.send({ type: "response.cancel", event_id: "mine" });
    client.socket.send("{");
    client.socket.send('{"type":"nonsense"}');
    client.send({ type: "conversation.item.retrieve", item_id: "none" });
    await log.until("error", 4);
    expect(log.all("error").map(({ error }) => error.code)).toEqual([
      "response_cancel_not_active",
      "invalid_json",
      "invalid_value",
      "item_not_found",
    ]);
    expect(log.all("error")[0]?.error.event_id).toBe("mine");
    type("Hello.");
    await log.until("conversation.item.added");
  });
});

describe("a response", () => {
  it("that the client cancels is cancelled", async () => {
    const { client, log, type } = await connect();
    type("Tell me a long story.");
    client.send({ type: "response.create" });
    await log.until("response.created");
    client.send({ type: "response.cancel" });
    const { response } = await log.until("response.done");
    expect(response).toMatchObject({
      status: "cancelled",
      status_details: { reason: "client_cancelled" },
    });
  });
});

describe("what was heard of a reply", () => {
  it("is all that is remembered once the client truncates it", async () => {
    const { client, log, type } = await connect();
    type("Please count from one to ten.");
    client.send({ type: "response.create" });
    const { response } = await log.until("response.done");
    const [item] = response.output ?? [];
    const itemId = item?.id ?? "";
    client.send({
      type: "conversation.item.truncate",
      item_id: itemId,
      content_index: 0,
      audio_end_ms: 900,
    });
    const truncated = await log.until("conversation.item.truncated");
    expect(truncated).toMatchObject({ item_id: itemId, audio_end_ms: 900 });
    client.send({ type: "conversation.item.retrieve", item_id: itemId });
    await log.until("conversation.item.retrieved");
    const whole = log.all("response.output_audio_transcript.done")[0]?.transcript ?? "";
    const retrieved = log.all("conversation.item.retrieved")[0]?.item;
    const left = retrieved?.type === "message" ? retrieved.content[0] : undefined;
    const text = left !== undefined && "transcript" in left ? (left.transcript ?? "") : "";
    expect(text).not.toBe("");
    expect(whole.startsWith(text)).toBe(true);
    expect(text.length).toBeLessThan(whole.length / 2);
  });
});

describe("a transcription session", () => {
  it("hears and does not answer", async () => {
    const url = `${doors.url.replace("http", "ws")}/realtime?intent=transcription`;
    const socket = new WebSocket(url, { headers: { authorization: "Bearer any" } });
    const log = new RealtimeLog<RealtimeServerEvent>();
    socket.on("message", (data: Buffer) => {
      log.add(JSON.parse(data.toString()) as RealtimeServerEvent);
    });
    const { session } = await log.until("session.created");
    expect(session.type).toBe("transcription");
    for (const piece of await spokenPieces()) {
      const audio = piece.toString("base64");
      socket.send(JSON.stringify({ type: "input_audio_buffer.append", audio }));
    }
    const completed = await log.until("conversation.item.input_audio_transcription.completed");
    expect(completed.transcript).toBe(sentence);
    const type = "conversation.item.input_audio_transcription.delta";
    // A recogniser may change its mind on what was sent: `completed` is what counts.
    expect(log.all(type).length).toBeGreaterThan(0);
    socket.close();
    expect(log.types).not.toContain("response.created");
  });
});

describe("an ephemeral key", () => {
  it("opens sessions with its settings, and an unknown one opens none", async () => {
    const openai = new OpenAI({ baseURL: doors.url, apiKey: "any" });
    const instructions = "Speak like a pirate.";
    const secret = await openai.realtime.clientSecrets.create({
      expires_after: { anchor: "created_at", seconds: 60 },
      session: { type: "realtime", instructions },
    });
    expect(secret.value).toMatch(/^ek_/u);
    expect(secret.expires_at * 1_000).toBeGreaterThan(Date.now());
    const { log } = await connect(secret.value);
    expect((await log.until("session.created")).session).toMatchObject({ instructions });
    const url = `${doors.url.replace("http", "ws")}/realtime`;
    const refused = new WebSocket(url, ["realtime", "openai-insecure-api-key.ek_unknown"]);
    const [error] = (await once(refused, "error")) as [Error];
    expect(error.message).toContain("401");
  });
});
