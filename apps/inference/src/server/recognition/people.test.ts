import { on, once } from "node:events";
import { writeWave } from "@parley/audio/wave/write-wave";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { LastingRecognizer } from "@parley/speech/recognition/lasting-recognizer";
import { openRecognizer } from "@parley/speech/engines/open-recognizer";
import { conversationMoonshine } from "@parley/speech/engines/recognizer-choice";
import { builtinModel, moonshineModel } from "@parley/speech/testing/builtin-model";
import { loadPeople, type PersonRecording } from "@parley/speech/testing/people";
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

/** Word errors in recordings, in per cent of the words said. */
async function errorPercent(
  people: readonly PersonRecording[],
  hear: (samples: Int16Array) => Promise<string>,
): Promise<number> {
  let errors = 0;
  let words = 0;
  for (const { words: said, samples } of people) {
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
    // Live words are made anew as they grow, which takes longer than a file.
    const short = recordings.filter(({ samples }) => samples.length < 4 * speechRate);
    expect(await errorPercent(short, hearAtSocket)).toBeLessThanOrEqual(10);
  });

  it("are understood in files", async () => {
    expect(await errorPercent(recordings, hearFile)).toBeLessThanOrEqual(10);
  });
});
