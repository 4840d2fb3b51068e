import { on, once } from "node:events";
import { writeWave } from "@parley/audio/wave/write-wave";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { LastingRecognizer } from "@parley/speech/recognition/lasting-recognizer";
import { openRecognizer } from "@parley/speech/engines/open-recognizer";
import { conversationMoonshine } from "@parley/speech/engines/recognizer-choice";
import { builtinModel, moonshineModel } from "@parley/speech/testing/builtin-model";
import { loadPeople } from "@parley/speech/testing/people";
import { scoredWordErrors } from "@parley/speech/testing/scored-words";
import { startRecognitionServer, type RecognitionServer } from "../../testing/recognition-server";

const recordings = loadPeople();
/** 20 ms of sound, as a client with a microphone sends it. */
const frameSamples = 320;

let recognizer: LastingRecognizer;
let server: RecognitionServer;
beforeAll(async () => {
  const choice = conversationMoonshine({ model: moonshineModel }, builtinModel);
  recognizer = await openRecognizer(choice);
  server = await startRecognitionServer(recognizer);
});
afterAll(async () => {
  await server.close();
  await recognizer.close();
});

/** Word errors in all recordings, in per cent of the words said. */
async function errorPercent(hear: (samples: Int16Array) => Promise<string>): Promise<number> {
  let errors = 0;
  let words = 0;
  for (const { words: said, samples } of recordings) {
    const score = scoredWordErrors(said, await hear(samples));
    errors += score.errors;
    words += score.words;
  }
  return (100 * errors) / words;
}

async function hearAtSocket(samples: Int16Array): Promise<string> {
  const socket = new WebSocket(server.webSocketUrl);
  await once(socket, "open");
  for (let at = 0; at < samples.length; at += frameSamples) {
    socket.send(samples.slice(at, at + frameSamples));
  }
  socket.send('{"type":"reset"}');
  for await (const [data] of on(socket, "message") as AsyncIterable<[Buffer]>) {
    const message = JSON.parse(data.toString()) as { text?: string; is_final?: boolean };
    if (message.is_final !== true) continue;
    socket.close();
    return message.text ?? "";
  }
  throw new Error("the socket closed before the final text");
}

async function hearFile(samples: Int16Array): Promise<string> {
  const body = new FormData();
  const file = Buffer.from(writeWave({ sampleRate: speechRate, samples }));
  body.append("file", new Blob([file]), "speech.wav");
  const response = await fetch(server.transcriptionsUrl, { method: "POST", body });
  return ((await response.json()) as { text: string }).text;
}

describe("people at the doors of recognition", () => {
  it("are understood over a WebSocket", async () => {
    expect(await errorPercent(hearAtSocket)).toBeLessThanOrEqual(10);
  });

  it("are understood in files", async () => {
    expect(await errorPercent(hearFile)).toBeLessThanOrEqual(10);
  });
});
