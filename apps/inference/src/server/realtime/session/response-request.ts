import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import type { ChatMessage } from "../../../contracts/chat-model";
import type { ReplyRequest } from "../../../session/replying/reply-request";
import { voiceSettings } from "../../synthesis/voice-settings";
import type { InputItem, ResponseFields } from "../events/client-events";
import { givenItem, messageOf } from "./given-item";
import type { ItemList } from "./item-list";
import type { RealtimeConfig } from "../events/shown-session";
import type { ResponseForm } from "./responses";
import { clientTools, maxTokensOf } from "./session-plan";

export type ResponseContext = {
  /** Settings of the session. */
  usual: RealtimeConfig;
  items: ItemList;
  synthesizer: Synthesizer;
  defaultVoice: string;
};

/**
 * What a `response.create` asks of the session.
 *
 * @throws RealtimeError for an item that is not there
 */
export function requestOf(fields: ResponseFields, context: ResponseContext): ReplyRequest {
  const { usual, synthesizer, defaultVoice } = context;
  const { instructions, output_modalities: modalities, input, tools, tool_choice } = fields;
  const { max_output_tokens: limit } = fields;
  const voice = fields.audio?.output?.voice;
  return {
    ...(instructions === undefined ? {} : { instructions }),
    ...(voice === undefined
      ? {}
      : { voice: voiceSettings({ voice }, synthesizer, defaultVoice).voice }),
    ...(modalities === undefined ? {} : { isWritten: !modalities.includes("audio") }),
    ...(limit === undefined ? {} : { maxTokens: maxTokensOf(limit) }),
    ...(tools === undefined && tool_choice === undefined
      ? {}
      : { clientTools: clientTools(tools ?? usual.tools, tool_choice ?? usual.tool_choice) }),
    ...(input == null ? {} : { messages: messagesOf(input, context.items) }),
    ...(fields.conversation === "none" ? { isForgotten: true } : {}),
  };
}

/** What is particular to the response, as events show it. */
export function formOf(fields: ResponseFields, { audio }: RealtimeConfig): Partial<ResponseForm> {
  const { output_modalities, max_output_tokens, metadata = null } = fields;
  const { format = audio.output.format, voice = audio.output.voice } = fields.audio?.output ?? {};
  return {
    ...(fields.conversation === "none" ? { conversation_id: null } : {}),
    ...(output_modalities === undefined ? {} : { output_modalities }),
    ...(max_output_tokens === undefined ? {} : { max_output_tokens }),
    metadata,
    audio: { output: { format, voice } },
  };
}

function messagesOf(input: readonly InputItem[], items: ItemList): ChatMessage[] {
  const given = input.map((entry) =>
    entry.type === "item_reference"
      ? items.require(entry.id, "response.input").item
      : givenItem(entry),
  );
  const callOf = (callId: string) => {
    const call = given.find((item) => item.type === "function_call" && item.call_id === callId);
    return call?.type === "function_call" ? call : items.callOf(callId);
  };
  return given.flatMap((item) => messageOf(item, callOf) ?? []);
}
