/** `@openai/agents-realtime` in Node, over WebSocket: nothing but the address is set. */
import { ChatServer, chunk, done, end, streamed } from "@parley/inference/testing/chat-server";
import { RealtimeAgent, RealtimeSession, tool } from "@openai/agents-realtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openSpeechDoors, sentence, type SpeechDoors } from "./speech-doors";
import { spokenPieces } from "./spoken-question";

let chat: ChatServer;
let doors: SpeechDoors;
beforeAll(async () => {
  chat = await new ChatServer((response, body, request) => {
    const told = JSON.stringify(body.messages);
    const call = {
      index: 0,
      id: "a",
      function: { name: "weather", arguments: '{"city":"Paris"}' },
    };
    const wantsCall = told.includes("weather in Paris") && !told.includes("eighteen degrees");
    const answer = wantsCall
      ? streamed(chunk({ tool_calls: [call] }), chunk({}, "tool_calls"), done)
      : streamed(chunk({ content: "It is eighteen degrees." }), end);
    answer(response, body, request);
  }).start();
  doors = await openSpeechDoors({ LLM_BASE_URL: chat.url, LLM_MODEL: "small" });
});
afterAll(async () => {
  await doors.close();
  chat.close();
});

const weather = tool({
  name: "weather",
  description: "Weather of a city",
  parameters: z.object({ city: z.string() }),
  execute: () => Promise.resolve("eighteen degrees"),
});

async function connect() {
  const agent = new RealtimeAgent({ name: "Parrot", instructions: "Be brief.", tools: [weather] });
  const session = new RealtimeSession(agent, { transport: "websocket" });
  const errors: unknown[] = [];
  session.on("error", (error) => errors.push(error));
  const url = `${doors.url.replace("http", "ws")}/realtime?model=gpt-realtime`;
  await session.connect({ apiKey: "any", url });
  return { session, errors };
}

/** @returns the texts of the history once it has one that ends with this */
function untilSaid(session: RealtimeSession, end: string): Promise<string[]> {
  return new Promise((resolve) => {
    session.on("history_updated", (history) => {
      const texts = history.flatMap((item) =>
        item.type !== "message"
          ? []
          : item.content.map((part) => ("text" in part ? part.text : part.transcript) ?? ""),
      );
      if (texts.some((text) => text.endsWith(end))) resolve(texts);
    });
  });
}

describe("RealtimeSession", () => {
  it("hears a person, and speaks", async () => {
    const { session, errors } = await connect();
    let bytes = 0;
    session.on("audio", ({ data }) => {
      bytes += data.byteLength;
    });
    const said = untilSaid(session, "It is eighteen degrees.");
    for (const piece of await spokenPieces()) {
      session.sendAudio(new Uint8Array(piece).buffer);
    }
    expect(await said).toEqual([sentence, "It is eighteen degrees."]);
    expect(bytes).toBeGreaterThan(24_000);
    expect(errors).toEqual([]);
    session.close();
  });

  it("calls a function of its own, and answers with what came of it", async () => {
    const { session, errors } = await connect();
    const calls: string[] = [];
    session.on("agent_tool_end", (_context, _agent, _tool, result) => calls.push(result));
    const said = untilSaid(session, "It is eighteen degrees.");
    session.sendMessage("What is the weather in Paris?");
    await said;
    expect(calls).toEqual(["eighteen degrees"]);
    expect(errors).toEqual([]);
    session.close();
  });
});
