/** A page that talks by `@openai/agents-realtime`; nothing but the address is set. */
import {
  OpenAIRealtimeWebRTC,
  RealtimeAgent,
  RealtimeSession,
  tool,
} from "@openai/agents-realtime";
import { z } from "zod";

declare global {
  var agents: { calls: string[]; errors: string[]; say(text: string): void } | undefined;
}

const settings = z.object({ address: z.string() });
const secret = z.object({ value: z.string() });
const ask = async (path: string): Promise<unknown> => (await fetch(path)).json();

const { address } = settings.parse(await ask("/settings"));
const calls: string[] = [];
const errors: string[] = [];
const weather = tool({
  name: "weather",
  description: "Weather of a city",
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => {
    calls.push(city);
    return "eighteen degrees";
  },
});
const agent = new RealtimeAgent({ name: "Parrot", instructions: "Be brief.", tools: [weather] });
const audioElement = document.querySelector("audio") ?? undefined;
const transport = new OpenAIRealtimeWebRTC(audioElement === undefined ? {} : { audioElement });
const session = new RealtimeSession(agent, { transport });
session.on("error", (error) => errors.push(JSON.stringify(error)));
const { value } = secret.parse(await ask("/token"));
await session.connect({ apiKey: value, url: `${address}/v1/realtime/calls` });
globalThis.agents = {
  calls,
  errors,
  say: (text) => {
    session.sendMessage(text);
  },
};
