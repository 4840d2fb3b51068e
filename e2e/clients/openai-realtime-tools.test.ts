/** Functions of a client's, called by a chat server, through the `openai` package. */
import { ChatServer, chunk, done, end, streamed } from "@parley/inference/testing/chat-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectRealtime } from "./realtime-client";
import { SecureDoor } from "./secure-door";
import { openSpeechDoors, type SpeechDoors } from "./speech-doors";

let chat: ChatServer;
let doors: SpeechDoors;
let secure: SecureDoor;
beforeAll(async () => {
  chat = await new ChatServer((response, body, request) => {
    const told = JSON.stringify(body.messages);
    const isTold = told.includes("eighteen degrees");
    const call = {
      index: 0,
      id: "a",
      function: { name: "weather", arguments: '{"city":"Paris"}' },
    };
    const answer =
      isTold || body.tools === undefined
        ? streamed(chunk({ content: isTold ? "It is eighteen degrees." : "Hello." }), end)
        : streamed(chunk({ tool_calls: [call] }), chunk({}, "tool_calls"), done);
    answer(response, body, request);
  }).start();
  doors = await openSpeechDoors({ LLM_BASE_URL: chat.url, LLM_MODEL: "small" });
  secure = await SecureDoor.open(doors.url);
});
afterAll(async () => {
  await secure.close();
  await doors.close();
  chat.close();
});

const weather = {
  type: "function" as const,
  name: "weather",
  description: "Weather of a city",
  parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
};

describe("a function of the client's", () => {
  it("is called, and its output is answered once that is asked for", async () => {
    const { client, log, type } = await connectRealtime(secure);
    client.send({ type: "session.update", session: { type: "realtime", tools: [weather] } });
    type("What is the weather in Paris?");
    client.send({ type: "response.create" });
    const call = await log.until("response.function_call_arguments.done");
    expect(call).toMatchObject({ name: "weather", arguments: '{"city":"Paris"}' });
    const { response } = await log.until("response.done");
    expect(response).toMatchObject({ status: "completed", output: [{ type: "function_call" }] });
    client.send({
      type: "conversation.item.create",
      item: { type: "function_call_output", call_id: call.call_id, output: "eighteen degrees" },
    });
    client.send({ type: "response.create" });
    const { transcript } = await log.until("response.output_audio_transcript.done");
    expect(transcript).toBe("It is eighteen degrees.");
    const second = await log.until("response.done", 2);
    expect(second.response.status).toBe("completed");
    expect(log.all("error")).toEqual([]);
    client.close();
  });

  it("is not offered where the response wants none, and instructions are the response's", async () => {
    const { client, log, type } = await connectRealtime(secure);
    client.send({ type: "session.update", session: { type: "realtime", tools: [weather] } });
    type("Hello.");
    const asked = { tool_choice: "none" as const, instructions: "Be a parrot." };
    client.send({ type: "response.create", response: { ...asked, metadata: { topic: "birds" } } });
    const { response } = await log.until("response.done");
    expect(response).toMatchObject({ status: "completed", metadata: { topic: "birds" } });
    expect(JSON.stringify(chat.requests.at(-1))).toContain("Be a parrot.");
    client.close();
  });
});
