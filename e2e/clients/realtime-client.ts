import OpenAI from "openai";
import { OpenAIRealtimeWS } from "openai/realtime/ws";
import type { RealtimeServerEvent } from "openai/resources/realtime/realtime";
import { RealtimeLog } from "./realtime-log";
import type { SecureDoor } from "./secure-door";

export type RealtimeClient = {
  client: OpenAIRealtimeWS;
  log: RealtimeLog<RealtimeServerEvent>;
  /** Puts a line of the user's into the conversation. */
  type: (text: string) => void;
};

/** Connects the `openai` package's client. @param apiKey any, or an ephemeral one */
export async function connectRealtime(
  { url, certificate }: SecureDoor,
  apiKey = "any",
): Promise<RealtimeClient> {
  const openai = new OpenAI({ baseURL: url, apiKey });
  const options = { ca: certificate };
  const client = new OpenAIRealtimeWS({ model: "gpt-realtime", options }, openai);
  const log = new RealtimeLog<RealtimeServerEvent>();
  client.on("event", (event) => {
    log.add(event);
  });
  // Errors of the API are events, too.
  client.on("error", () => undefined);
  await log.until("session.created");
  const type = (text: string) => {
    const content = [{ type: "input_text" as const, text }];
    client.send({
      type: "conversation.item.create",
      item: { type: "message", role: "user", content },
    });
  };
  return { client, log, type };
}
