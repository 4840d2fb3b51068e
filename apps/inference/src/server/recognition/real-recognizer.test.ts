import { once } from "node:events";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { openSpeech, type SpeechModels } from "@parley/speech/engines/open-speech";
import { conversationTransducer } from "@parley/speech/engines/recognizer-choice";
import { builtinModel } from "@parley/speech/testing/builtin-model";
import { startRecognitionServer, type RecognitionServer } from "../../testing/recognition-server";

const file = readFileSync(
  new URL(
    "../../../../../packages/speech/src/transducer/fixtures/audio/time_slt.wav",
    import.meta.url,
  ),
);
const sound = file.subarray(44);
const words = "what time is it";

let speech: SpeechModels;
let server: RecognitionServer;
beforeAll(async () => {
  const { signal } = new AbortController();
  const recognizer = conversationTransducer({ model: builtinModel });
  speech = await openSpeech({ recognizer, voice: { type: "flite" } }, signal);
  server = await startRecognitionServer(speech.recognizer);
});
afterAll(async () => {
  await server.close();
  await speech.close();
});

describe("the built-in recogniser behind its routes", () => {
  it("recognises the sound of a WebSocket client", async () => {
    const socket = new WebSocket(server.webSocketUrl);
    await once(socket, "open");
    for (let at = 0; at < sound.length; at += 3_333) socket.send(sound.subarray(at, at + 3_333));
    socket.send('{"type":"reset"}');
    const texts: string[] = [];
    for (let isFinal = false; !isFinal;) {
      const [data] = (await once(socket, "message")) as [Buffer];
      const message = JSON.parse(data.toString()) as { text?: string; is_final?: boolean };
      if (message.text !== undefined) texts.push(message.text);
      isFinal = message.is_final === true;
    }
    expect(texts.length).toBeGreaterThan(2);
    expect(texts.at(-1)).toBe(words);
    socket.close();
  });

  it("recognises an uploaded file", async () => {
    const body = new FormData();
    body.append("file", new Blob([Uint8Array.from(file)]), "speech.wav");
    body.append("response_format", "verbose_json");
    body.append("timestamp_granularities[]", "word");
    const response = await fetch(server.transcriptionsUrl, { method: "POST", body });
    const heard = (await response.json()) as { words: { word: string; end: number }[] };
    expect(heard).toMatchObject({ text: words, duration: 1.19 });
    expect(heard.words.map(({ word }) => word)).toEqual(words.split(" "));
    expect(heard.words.at(-1)?.end).toBeLessThan(1.4);
  });
});
