import { once } from "node:events";
import { fromBeta } from "@parley/inference/server/realtime/beta/from-beta";
import { readClientEvent } from "@parley/inference/server/realtime/events/client-events";
import { RealtimeError } from "@parley/inference/server/realtime/realtime-error";
import fc from "fast-check";
import { WebSocket } from "ws";
import { z } from "zod";
import { fuzzTarget } from "../fuzz-target";
import { startScriptedAgentServer } from "../scripted-agent-server";
import { messageTexts } from "../inputs/nearly";

const content = [{ type: "input_text", text: "Hello." }];
const message = { type: "message", role: "user", content };
const tools = [{ type: "function", name: "held", parameters: { type: "object" } }];
const audio = Buffer.alloc(480).toString("base64");

const texts = messageTexts([
  {
    type: "session.update",
    session: {
      type: "realtime",
      instructions: "Be brief.",
      output_modalities: ["text"],
      tools,
      audio: { input: { turn_detection: { type: "server_vad" } }, output: { voice: "ash" } },
    },
  },
  {
    type: "session.update",
    session: { voice: "echo", turn_detection: null, modalities: ["text"] },
  },
  {
    type: "session.update",
    session: {
      max_output_tokens: 20,
      prompt: null,
      tracing: "auto",
      audio: {
        input: { transcription: { prompt: "Niamh, Parley", keywords: ["Nemotron"] } },
        output: { speed: 1.5 },
      },
    },
  },
  { type: "transcription_session.update", session: { input_audio_format: "g711_alaw" } },
  { type: "input_audio_buffer.append", audio },
  { type: "input_audio_buffer.commit" },
  { type: "input_audio_buffer.clear", event_id: "x" },
  { type: "conversation.item.create", item: { ...message, id: "one" }, previous_item_id: "root" },
  {
    type: "conversation.item.create",
    item: { type: "function_call_output", call_id: "c", output: "" },
  },
  { type: "conversation.item.retrieve", item_id: "one" },
  { type: "conversation.item.delete", item_id: "one" },
  { type: "conversation.item.truncate", item_id: "one", content_index: 0, audio_end_ms: 5 },
  {
    type: "response.create",
    response: { conversation: "none", input: [message], tool_choice: "required", tools },
  },
  { type: "response.create", response: { max_output_tokens: 3 } },
  { type: "response.cancel" },
]);

export const realtimeSocket = fuzzTarget({
  name: "realtime-socket",
  about: "events of the Realtime API's WebSocket",
  inputs: fc.array(fc.oneof({ weight: 9, arbitrary: texts }, fc.uint8Array({ maxLength: 200 })), {
    maxLength: 12,
  }),
  open: async () => {
    const { server, port } = await startScriptedAgentServer();
    return {
      check: async (messages) => {
        for (const text of messages) if (typeof text === "string") expectRefused(text);
        await tryEvents(`ws://127.0.0.1:${port}/v1/realtime`, messages);
      },
      close: () => server.close(),
    };
  },
});

/** An event is read, or refused with what is wrong with it. */
function expectRefused(text: string): void {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    return;
  }
  try {
    readClientEvent(fromBeta(event));
  } catch (error) {
    if (!(error instanceof RealtimeError || error instanceof z.ZodError)) throw error;
  }
}

/** Sends events as one client, which stays connected, and asks for an item to see that it does. */
async function tryEvents(url: string, messages: (string | Uint8Array)[]): Promise<void> {
  const eve = new WebSocket(url);
  const answered = new Promise<void>((resolve, reject) => {
    eve.on("message", (data: Buffer) => {
      if (data.includes('"event_id":"the last"')) resolve();
    });
    eve.on("close", (code: number) => {
      reject(new Error(`events closed the connection with ${code}`));
    });
    eve.on("error", reject);
  });
  const asked = once(eve, "open").then(() => {
    for (const sent of messages) eve.send(sent);
    eve.send('{"type":"conversation.item.retrieve","item_id":"last","event_id":"the last"}');
  });
  await Promise.all([asked, answered]);
  eve.close();
  await once(eve, "close");
}
