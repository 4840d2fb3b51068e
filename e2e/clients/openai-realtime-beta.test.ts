/** The `openai` package's client of the Realtime API's beta. */
import OpenAI from "openai";
import { OpenAIRealtimeWS } from "openai/beta/realtime/ws";
import type { RealtimeServerEvent } from "openai/resources/beta/realtime/realtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RealtimeLog } from "./realtime-log";
import { SecureDoor } from "./secure-door";
import { openSpeechDoors, sentence, type SpeechDoors } from "./speech-doors";
import { spokenPieces } from "./spoken-question";

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

describe("the beta", () => {
  it("hears a person and speaks, with its own names", async () => {
    const openai = new OpenAI({ baseURL: secure.url, apiKey: "any" });
    const options = { ca: secure.certificate };
    const client = new OpenAIRealtimeWS({ model: "gpt-4o-realtime-preview", options }, openai);
    const log = new RealtimeLog<RealtimeServerEvent>();
    client.on("event", (event) => {
      log.add(event);
    });
    client.on("error", () => undefined);
    const { session } = await log.until("session.created");
    expect(session).toMatchObject({ input_audio_format: "pcm16", modalities: ["audio", "text"] });
    client.send({
      type: "session.update",
      session: { input_audio_transcription: { model: "whisper-1" }, voice: "echo" },
    });
    expect((await log.until("session.updated")).session).toMatchObject({ voice: "echo" });
    for (const piece of await spokenPieces()) {
      client.send({ type: "input_audio_buffer.append", audio: piece.toString("base64") });
    }
    const completed = await log.until("conversation.item.input_audio_transcription.completed");
    expect(completed.transcript).toBe(sentence);
    const { transcript } = await log.until("response.audio_transcript.done");
    expect(transcript).toMatch(/\w/u);
    expect(log.all("response.audio.delta").length).toBeGreaterThan(1);
    const { response } = await log.until("response.done");
    expect(response.output?.[0]).toMatchObject({ content: [{ type: "audio", transcript }] });
    expect(log.types).toContain("conversation.item.created");
    expect(log.types.filter((type) => type.includes("output_audio"))).toEqual([]);
    client.close();
  });
});
