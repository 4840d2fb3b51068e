/** The AI SDK's realtime session, as its React hook drives it in a page; only the address is set. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  Experimental_AbstractRealtimeSession as AbstractRealtimeSession,
  type Experimental_RealtimeState as RealtimeState,
} from "ai-7";
import { createOpenAI } from "ai-sdk-openai-4";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { openSpeechDoors, sentence, type SpeechDoors } from "./speech-doors";
import { spokenPieces } from "./spoken-question";

let doors: SpeechDoors;
/** The application's own route that hands out ephemeral keys. */
let application: Server;
beforeAll(async () => {
  doors = await openSpeechDoors();
  const openai = createOpenAI({ baseURL: doors.url, apiKey: "any" });
  application = createServer((_request, response) => {
    void openai.experimental_realtime.getToken({ model: "gpt-realtime" }).then(({ token }) => {
      const url = `${doors.url.replace("http", "ws")}/realtime?model=gpt-realtime`;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ token, url, tools: [] }));
    });
  });
  await new Promise<void>((resolve) => application.listen(0, "127.0.0.1", resolve));
  vi.stubGlobal("WebSocket", WebSocket);
  vi.stubGlobal("AudioContext", SilentAudioContext);
});
afterAll(async () => {
  vi.unstubAllGlobals();
  application.close();
  await doors.close();
});

/** Plays nothing: there are no loudspeakers. */
class SilentAudioContext {
  readonly currentTime = 0;
  readonly state = "running";
  readonly destination = {};
  createBuffer(_channels: number, length: number, sampleRate: number) {
    const getChannelData = () => new Float32Array(length);
    return { duration: length / sampleRate, getChannelData };
  }
  createBufferSource() {
    const ignore = () => undefined;
    return { connect: ignore, disconnect: ignore, start: ignore, stop: ignore };
  }
  resume = () => Promise.resolve();
  close = () => Promise.resolve();
}

class Session extends AbstractRealtimeSession {
  readonly errors: Error[] = [];
  /** Responses that are over. */
  responses = 0;
  #wake: () => void = () => undefined;

  constructor() {
    const openai = createOpenAI({ baseURL: doors.url, apiKey: "any" });
    super({
      model: openai.experimental_realtime("gpt-realtime", { api: "realtime" }),
      api: { token: `http://127.0.0.1:${(application.address() as AddressInfo).port}/` },
      sessionConfig: { inputAudioTranscription: {}, turnDetection: { type: "server-vad" } },
      onError: (error) => this.errors.push(error),
      onEvent: ({ type }) => {
        if (type === "response-done") this.responses++;
        this.#wake();
      },
    });
  }

  protected setState<Name extends keyof RealtimeState>(name: Name, value: RealtimeState[Name]) {
    this.state[name] = value;
    this.#wake();
  }

  get texts(): string[] {
    const parts = this.state.messages.flatMap((message) => message.parts);
    return parts.flatMap((part) => (part.type === "text" ? [part.text] : []));
  }

  async until(isReached: (session: this) => boolean): Promise<void> {
    while (!isReached(this)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  get isConnected(): boolean {
    return this.state.status === "connected";
  }
}

describe("a realtime session", () => {
  it("hears a person, and answers what is typed", async () => {
    const session = new Session();
    await session.connect({ capture: false });
    await session.until(({ isConnected }) => isConnected);
    for (const piece of await spokenPieces()) session.sendAudio(piece.toString("base64"));
    await session.until(({ responses }) => responses === 1);
    expect(session.texts[0]).toBe(sentence);
    session.sendTextMessage("What is two plus two?");
    await session.until(({ responses }) => responses === 2);
    expect(session.texts.at(-1)).toBe("Two plus two is four.");
    expect(session.errors).toEqual([]);
    session.disconnect();
  });
});
