/** The `openai` package's Realtime client with its defaults: nothing but the address is set. */
import { readFileSync } from "node:fs";
import { SampleRateConverter } from "@parley/audio/resampling/sample-rate-converter";
import { sampleBytes } from "@parley/audio/sample-bytes";
import { readWave } from "@parley/audio/wave/read-wave";
import OpenAI from "openai";
import { OpenAIRealtimeWS } from "openai/realtime/ws";
import type { RealtimeServerEvent } from "openai/resources/realtime/realtime";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { RealtimeLog } from "./realtime-log";
import { SecureDoor } from "./secure-door";
import { openSpeechDoors, recording, sentence, type SpeechDoors } from "./speech-doors";

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

async function connect() {
  const openai = new OpenAI({ baseURL: secure.url, apiKey: "any" });
  const options = { ca: secure.certificate };
  const client = new OpenAIRealtimeWS({ model: "gpt-realtime", options }, openai);
  open.push(client);
  const log = new RealtimeLog<RealtimeServerEvent>();
  client.on("event", (event) => {
    log.add(event);
  });
  client.on("error", () => undefined);
  await log.until("session.created");
  return { client, log };
}

/** The recording as a client sends it, and silence behind it. */
async function spoken(): Promise<string[]> {
  const { samples, sampleRate } = readWave(readFileSync(recording));
  const converter = await SampleRateConverter.open(sampleRate, 24_000);
  const bytes = Buffer.concat([sampleBytes(converter.process(samples)), Buffer.alloc(48_000)]);
  converter.close();
  const pieces = [];
  for (let at = 0; at < bytes.length; at += 9_600) {
    pieces.push(bytes.subarray(at, at + 9_600).toString("base64"));
  }
  return pieces;
}

const user = (text: string) => ({
  type: "conversation.item.create" as const,
  item: {
    type: "message" as const,
    role: "user" as const,
    content: [{ type: "input_text" as const, text }],
  },
});

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
    for (const audio of await spoken()) client.send({ type: "input_audio_buffer.append", audio });
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

describe("a typed line", () => {
  it("is answered in text once that is asked for", async () => {
    const { client, log } = await connect();
    client.send(user("What is two plus two?"));
    await log.until("conversation.item.done");
    client.send({ type: "response.create", response: { output_modalities: ["text"] } });
    const { text } = await log.until("response.output_text.done");
    expect(text).toMatch(/four/iu);
    const { response } = await log.until("response.done");
    expect(response).toMatchObject({ status: "completed", output_modalities: ["text"] });
    expect(log.all("response.output_audio.delta")).toEqual([]);
  });

  it("is remembered, until the client deletes it", async () => {
    const { client, log } = await connect();
    client.send(user("My name is Ada."));
    client.send({ type: "response.create", response: { output_modalities: ["text"] } });
    await log.until("response.done");
    client.send(user("What is my name?"));
    client.send({ type: "response.create", response: { output_modalities: ["text"] } });
    await log.until("response.done", 2);
    expect(log.all("response.output_text.done").at(-1)?.text).toContain("Ada");
  });
});

describe("what a client does wrong", () => {
  it("is told, and closes nothing", async () => {
    const { client, log } = await connect();
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
    client.send(user("Hello."));
    await log.until("conversation.item.added");
  });
});

describe("a response", () => {
  it("that the client cancels is cancelled", async () => {
    const { client, log } = await connect();
    client.send(user("Tell me a long story."));
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
