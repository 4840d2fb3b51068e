import {
  scriptedRecognizer,
  WordCode,
  wordRecognizer,
} from "@parley/speech/testing/scripted-models";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import {
  spokenWords,
  startRecognitionServer,
  type RecognitionServer,
} from "../../testing/recognition-server";

const code = new WordCode();
const servers: RecognitionServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** Sends messages and collects the answers up to the first final transcript. */
async function ask(
  headers: Record<string, string>,
  messages: readonly (Uint8Array | object)[],
  recognizer = wordRecognizer(code),
): Promise<Record<string, unknown>[]> {
  const server = await startRecognitionServer(recognizer);
  servers.push(server);
  const socket = new WebSocket(server.webSocketUrl, { headers });
  const received: Record<string, unknown>[] = [];
  await new Promise<void>((resolve) => {
    socket.on("open", () => {
      for (const message of messages) {
        socket.send(message instanceof Uint8Array ? message : JSON.stringify(message));
      }
    });
    socket.on("message", (data: Buffer) => {
      const notice = JSON.parse(data.toString()) as Record<string, unknown>;
      received.push(notice);
      if (notice.is_final === true) resolve();
    });
  });
  socket.close();
  return received;
}

const extended = { "x-parley-extensions": "1" };
const hello = new Uint8Array(spokenWords(code, "hello there").buffer);
const settle = { type: "reset", finalize: false, settle: true };

describe("extensions of the recogniser's socket", () => {
  it("are announced to clients that ask for them, with the engine's name", async () => {
    const [ready] = await ask(extended, [settle]);
    expect(ready).toEqual({
      type: "ready",
      features: ["settle", "phrases"],
      engine: "scripted recogniser",
    });
  });

  it("settle a copy, with the words' times", async () => {
    const received = await ask(extended, [hello, settle]);
    expect(received.at(-1)).toMatchObject({
      text: "hello there",
      is_final: true,
      finalize: false,
      tokens: [],
      words: [
        { text: "hello", startMs: 0, endMs: 200, confidence: 1 },
        { text: "there", startMs: 200, endMs: 400, confidence: 1 },
      ],
    });
  });

  it("prefer phrases from then on", async () => {
    const words = wordRecognizer(code);
    const preferred: (readonly string[])[] = [];
    const recognizer = scriptedRecognizer({
      open: async (options) => ({
        ...(await words.open(options)),
        setPhrases: (phrases) => {
          preferred.push(phrases);
          return Promise.resolve();
        },
      }),
    });
    const phrases = { type: "phrases", phrases: ["Ada"] };
    await ask(extended, [phrases, settle], recognizer);
    expect(preferred).toEqual([["Ada"]]);
    await ask({}, [phrases, { type: "reset" }], recognizer);
    expect(preferred).toHaveLength(1);
  });

  it("are nothing to other clients: `settle` is ignored like any unknown field", async () => {
    const [ready, ...rest] = await ask({}, [hello, settle]);
    expect(ready).toEqual({ type: "ready" });
    expect(rest.at(-1)).toEqual({
      type: "transcript",
      text: "hello there",
      is_final: true,
      finalize: false,
    });
  });
});
