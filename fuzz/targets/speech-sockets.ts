import { once } from "node:events";
import { readRecognizerRequest } from "@parley/inference/server/recognition/recognizer-messages";
import { readSynthesizerRequest } from "@parley/inference/server/synthesis/synthesizer-messages";
import { startRecognitionServer } from "@parley/inference/testing/recognition-server";
import { startSynthesisServer } from "@parley/inference/testing/synthesis-server";
import {
  CharacterSynthesizer,
  WordCode,
  wordRecognizer,
} from "@parley/speech/testing/scripted-models";
import fc from "fast-check";
import { WebSocket } from "ws";
import { expectCoded } from "../expect-coded";
import { fuzzTarget, type OpenTarget } from "../fuzz-target";
import { messageTexts } from "../inputs/nearly";

type Messages = (string | Uint8Array)[];

const sound = fc.uint8Array({ maxLength: 2_000 });
const maxClients = 64;

/** Sends messages to a socket as a client, then asks as another one. */
async function tryMessages(url: string, messages: Messages, question: string, answer: RegExp) {
  const eve = new WebSocket(url);
  eve.on("error", () => undefined);
  await once(eve, "open");
  for (const message of messages) if (eve.readyState === WebSocket.OPEN) eve.send(message);
  const ada = new WebSocket(url);
  await once(ada, "open");
  ada.send(question);
  for (let text = ""; !answer.test(text);) {
    const [data] = (await once(ada, "message")) as [Buffer];
    text = data.toString("utf8");
  }
  ada.close();
  eve.terminate();
  await once(ada, "close");
}

const recognizerTexts = messageTexts([
  { type: "reset", finalize: true },
  { type: "end", finalize: false },
]);

export const recognitionSocket = fuzzTarget<Messages>({
  name: "recognition-socket",
  about: "messages of the recognition WebSocket",
  inputs: fc.array(fc.oneof(recognizerTexts, sound), { maxLength: 10 }),
  open: async (): Promise<OpenTarget<Messages>> => {
    const server = await startRecognitionServer(wordRecognizer(new WordCode()), { maxClients });
    return {
      check: async (messages) => {
        for (const text of messages) if (typeof text === "string") readRecognizerRequest(text);
        await tryMessages(server.webSocketUrl, messages, '{"type":"reset"}', /"is_final":true/u);
      },
      close: () => server.close(),
    };
  },
});

const synthesizerTexts = messageTexts([
  { type: "init", voice: "0", language: "en", default_mode: "batch", sample_rate: 16_000, seed: 1 },
  { type: "text", text: "ab", mode: "stream", preset: "balanced" },
  { type: "close" },
  { type: "cancel", stream_id: "x" },
  { type: "ping" },
]);

export const synthesisSocket = fuzzTarget<Messages>({
  name: "synthesis-socket",
  about: "messages of the synthesis WebSocket",
  inputs: fc.array(fc.oneof({ weight: 9, arbitrary: synthesizerTexts }, sound), { maxLength: 10 }),
  open: async (): Promise<OpenTarget<Messages>> => {
    const server = await startSynthesisServer(new CharacterSynthesizer(), { maxClients });
    return {
      check: async (messages) => {
        for (const text of messages) {
          if (typeof text === "string") await expectCoded(() => readSynthesizerRequest(text));
        }
        await tryMessages(server.webSocketUrl, messages, '{"type":"ping"}', /pong/u);
      },
      close: () => server.close(),
    };
  },
});
