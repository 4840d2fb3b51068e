import type { RealtimeErrorFields } from "../realtime-error";
import type { RealtimeItem } from "./item-fields";
import type { RealtimeAudioFormat } from "./session-fields";

/** Tokens of one response. */
export type ResponseUsage = {
  total_tokens: number;
  input_tokens: number;
  output_tokens: number;
  input_token_details: {
    text_tokens: number;
    audio_tokens: number;
    image_tokens: number;
    cached_tokens: number;
    cached_tokens_details: { text_tokens: number; audio_tokens: number; image_tokens: number };
  };
  output_token_details: { text_tokens: number; audio_tokens: number };
};

export type ResponseStatus = "in_progress" | "completed" | "cancelled" | "incomplete" | "failed";

/** Reason of an end that is none by itself. */
export type ResponseStatusDetails =
  | { type: "cancelled"; reason: "turn_detected" | "client_cancelled" }
  | { type: "incomplete"; reason: "max_output_tokens" }
  | { type: "failed"; error: { type: string; code: string } };

export type RealtimeResponse = {
  object: "realtime.response";
  id: string;
  conversation_id: string | null;
  status: ResponseStatus;
  status_details: ResponseStatusDetails | null;
  output: RealtimeItem[];
  output_modalities: ("text" | "audio")[];
  audio: { output: { format: RealtimeAudioFormat; voice: string } };
  max_output_tokens: number | "inf";
  metadata: Record<string, string> | null;
  usage: ResponseUsage | null;
};

export type ContentPart = { type: "audio"; transcript: string } | { type: "text"; text: string };

type PartOfResponse = {
  response_id: string;
  item_id: string;
  output_index: number;
  content_index: number;
};
type ItemOfResponse = Omit<PartOfResponse, "item_id" | "content_index"> & { item: RealtimeItem };
type CallOfResponse = Omit<PartOfResponse, "content_index"> & { call_id: string };
type PlacedItem = { previous_item_id: string | null; item: RealtimeItem };
type PartOfItem = { item_id: string; content_index: number };

type EventOf<Type extends string, Fields> = Type extends string ? { type: Type } & Fields : never;

/** Events of the present API that are sent; `event_id` is added on the way out. */
export type ServerEvent =
  | EventOf<"error", { error: RealtimeErrorFields }>
  | EventOf<"session.created" | "session.updated", { session: object }>
  | ItemEvent
  | InputEvent
  | EventOf<"rate_limits.updated", { rate_limits: [] }>
  | ResponseEvent;

type ItemEvent =
  | EventOf<"conversation.item.added" | "conversation.item.done", PlacedItem>
  | EventOf<"conversation.item.retrieved", { item: RealtimeItem }>
  | EventOf<"conversation.item.deleted", { item_id: string }>
  | EventOf<"conversation.item.truncated", { audio_end_ms: number } & PartOfItem>
  | EventOf<"conversation.item.input_audio_transcription.delta", { delta: string } & PartOfItem>
  | EventOf<
      "conversation.item.input_audio_transcription.completed",
      { transcript: string; usage: { type: "duration"; seconds: number } } & PartOfItem
    >
  | EventOf<
      "conversation.item.input_audio_transcription.failed",
      { error: Omit<RealtimeErrorFields, "event_id"> } & PartOfItem
    >;

type InputEvent =
  | EventOf<"input_audio_buffer.speech_started", { item_id: string; audio_start_ms: number }>
  | EventOf<"input_audio_buffer.speech_stopped", { item_id: string; audio_end_ms: number }>
  | EventOf<"input_audio_buffer.committed", { item_id: string; previous_item_id: string | null }>
  | EventOf<
      "input_audio_buffer.timeout_triggered",
      { item_id: string; audio_start_ms: number; audio_end_ms: number }
    >
  | EventOf<"input_audio_buffer.cleared", object>;

type ResponseEvent =
  | EventOf<"response.created" | "response.done", { response: RealtimeResponse }>
  | EventOf<"response.output_item.added" | "response.output_item.done", ItemOfResponse>
  | EventOf<
      "response.content_part.added" | "response.content_part.done",
      { part: ContentPart } & PartOfResponse
    >
  | EventOf<"response.output_text.delta", { delta: string } & PartOfResponse>
  | EventOf<"response.output_text.done", { text: string } & PartOfResponse>
  | EventOf<"response.output_audio.delta", { delta: string } & PartOfResponse>
  | EventOf<"response.output_audio.done", PartOfResponse>
  | EventOf<"response.output_audio_transcript.delta", { delta: string } & PartOfResponse>
  | EventOf<"response.output_audio_transcript.done", { transcript: string } & PartOfResponse>
  | EventOf<"response.function_call_arguments.delta", { delta: string } & CallOfResponse>
  | EventOf<
      "response.function_call_arguments.done",
      { name: string; arguments: string } & CallOfResponse
    >;

export type Emit = (event: ServerEvent) => void;
