import type { ChatMessage } from "../../../contracts/chat-model";
import type { GivenLine } from "../../../session/replying/conversation-edit";
import type {
  ItemContent,
  ItemContentFields,
  ItemFields,
  RealtimeItem,
} from "../events/item-fields";
import { realtimeId } from "../realtime-ids";

/** @param transcript of the sound in the item, piece by piece; null where it was not recognised */
export function givenItem(fields: ItemFields, transcripts: readonly string[] = []): RealtimeItem {
  const common = {
    id: fields.id ?? realtimeId("item"),
    object: "realtime.item" as const,
    status: fields.status ?? "completed",
  };
  switch (fields.type) {
    case "message": {
      const { type, role } = fields;
      const heard = [...transcripts];
      const content = fields.content.map((part) => contentOf(role, part, () => heard.shift()));
      return { ...common, type, role, content };
    }
    case "function_call": {
      const { type, name, arguments: given, call_id: callId } = fields;
      return { ...common, type, name, arguments: given, call_id: callId ?? realtimeId("call") };
    }
    case "function_call_output": {
      const { type, call_id, output } = fields;
      return { ...common, type, call_id, output };
    }
  }
}

/** @returns the sound in the item, as base64, piece by piece */
export function soundOf(fields: ItemFields): string[] {
  if (fields.type !== "message" || fields.role !== "user") return [];
  return fields.content.flatMap(({ audio }) => (audio == null || audio === "" ? [] : [audio]));
}

type CallOf = (callId: string) => { name: string; arguments: string } | null;

/** @returns the line that the chat model reads of the item; null where there is nothing to read */
export function lineOf(item: RealtimeItem, callOf: CallOf): GivenLine | null {
  switch (item.type) {
    case "message": {
      const text = textOf(item.content);
      return text === "" ? null : { id: item.id, role: item.role, text };
    }
    case "function_call":
      // What came of it tells of it, too.
      return null;
    case "function_call_output": {
      const call = callOf(item.call_id);
      const asked = call === null ? item.call_id : `${call.name} ${call.arguments}`;
      return { id: item.id, role: "tool", text: `${asked}: ${item.output}` };
    }
  }
}

/** @returns the message that the chat model reads of the item */
export function messageOf(item: RealtimeItem, callOf: CallOf): ChatMessage | null {
  const line = lineOf(item, callOf);
  return line === null ? null : { role: line.role, content: line.text };
}

/** @returns the words of the content, whatever form they have */
export function textOf(content: readonly ItemContent[]): string {
  const texts = content.map((part) => ("text" in part ? part.text : (part.transcript ?? "")));
  return texts.filter((text) => text.trim() !== "").join(" ");
}

function contentOf(
  role: "user" | "assistant" | "system",
  part: ItemContentFields,
  nextTranscript: () => string | undefined,
): ItemContent {
  const isSound = part.type.endsWith("audio");
  const text = part.text ?? part.transcript ?? "";
  if (role === "assistant") {
    return isSound ? { type: "output_audio", transcript: text } : { type: "output_text", text };
  }
  if (!isSound || role === "system") return { type: "input_text", text };
  const heard = part.audio == null || part.audio === "" ? undefined : nextTranscript();
  return { type: "input_audio", transcript: heard ?? part.transcript ?? null };
}
