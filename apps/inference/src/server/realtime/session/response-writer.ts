import type { ReplyId } from "@parley/shared/protocol/ids";
import { argumentsOf } from "../../../session/tools/client-tools";
import { joinClauses, type ClauseSpan } from "../../../session/replying/heard-text";
import type { ItemContent, RealtimeItem } from "../events/item-fields";
import type {
  ContentPart,
  Emit,
  RealtimeResponse,
  ResponseStatusDetails,
  ResponseUsage,
} from "../events/server-events";
import { realtimeId } from "../realtime-ids";
import type { ItemList } from "./item-list";

type Message = {
  item: Extract<RealtimeItem, { type: "message" }>;
  outputIndex: number;
  text: string;
  /** Clauses that were told. */
  spans: number;
};

/** Writes one response as events, in the order that clients rely on. */
export class ResponseWriter {
  readonly #emit: Emit;
  readonly #items: ItemList;
  readonly #replyId: ReplyId;
  readonly #isRemembered: boolean;
  readonly #response: RealtimeResponse;
  #message: Message | null = null;
  #calledCharacters = 0;
  #isOver = false;

  /** Tells that the response begins. */
  constructor(options: {
    emit: Emit;
    items: ItemList;
    replyId: ReplyId;
    /** Its items become part of the conversation. */
    isRemembered: boolean;
    response: Pick<
      RealtimeResponse,
      "conversation_id" | "output_modalities" | "audio" | "max_output_tokens" | "metadata"
    >;
  }) {
    this.#emit = options.emit;
    this.#items = options.items;
    this.#replyId = options.replyId;
    this.#isRemembered = options.isRemembered;
    this.#response = {
      object: "realtime.response",
      id: realtimeId("resp"),
      status: "in_progress",
      status_details: null,
      output: [],
      usage: null,
      ...options.response,
    };
    this.#emit({ type: "response.created", response: { ...this.#response } });
    this.#emit({ type: "rate_limits.updated", rate_limits: [] });
  }

  get id(): string {
    return this.#response.id;
  }

  /** It has said or called something. */
  get hasOutput(): boolean {
    return this.#response.output.length > 0;
  }

  /** Text of the response so far. */
  get text(): string {
    return this.#message?.text ?? "";
  }

  /** Null for no limit. */
  get maxTokens(): number | null {
    const { max_output_tokens: limit } = this.#response;
    return limit === "inf" ? null : limit;
  }

  /** Characters of the text and of calls. */
  get writtenCharacters(): number {
    return this.text.length + this.#calledCharacters;
  }

  /** @param spans all clauses so far; those that are new are told */
  clauses(spans: readonly ClauseSpan[]): void {
    const message = (this.#message ??= this.#openMessage(spans));
    for (const { text } of spans.slice(message.spans)) {
      const joined = joinClauses(message.text, text);
      const delta = joined.slice(message.text.length);
      message.text = joined;
      message.spans++;
      if (delta === "") continue;
      const type = this.#isWritten ? "response.output_text" : "response.output_audio_transcript";
      this.#emit({ type: `${type}.delta`, ...this.#placeOf(message), delta });
    }
  }

  /** @param delta base64, of sound that follows what was sent before */
  sound(delta: string): void {
    if (this.#message === null || delta === "") return;
    this.#emit({ type: "response.output_audio.delta", ...this.#placeOf(this.#message), delta });
  }

  toolCall(name: string, input: unknown): void {
    const given = argumentsOf(input);
    this.#calledCharacters += name.length + given.length;
    const call = { name, call_id: realtimeId("call") };
    const begun: RealtimeItem = {
      id: realtimeId("item"),
      object: "realtime.item",
      type: "function_call",
      status: "in_progress",
      ...call,
      arguments: "",
    };
    const output_index = this.#response.output.length;
    this.#open(begun);
    const place = { response_id: this.id, item_id: begun.id, output_index };
    const { call_id } = call;
    this.#emit({
      type: "response.function_call_arguments.delta",
      ...place,
      call_id,
      delta: given,
    });
    this.#emit({
      type: "response.function_call_arguments.done",
      ...place,
      call_id,
      name,
      arguments: given,
    });
    this.#close({ ...begun, status: "completed", arguments: given }, output_index);
  }

  /** @param details absent for a response that is whole */
  end(usage: ResponseUsage, details?: ResponseStatusDetails): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const isCut = details?.type === "cancelled" || details?.type === "incomplete";
    if (this.#message !== null) this.#endMessage(this.#message, isCut);
    this.#response.status = details?.type ?? "completed";
    this.#response.status_details = details ?? null;
    this.#response.usage = usage;
    this.#emit({ type: "response.done", response: { ...this.#response } });
  }

  get #isWritten(): boolean {
    return !this.#response.output_modalities.includes("audio");
  }

  #openMessage(spans: readonly ClauseSpan[]): Message {
    const content: ItemContent[] = [];
    const item: Message["item"] = {
      id: realtimeId("item"),
      object: "realtime.item",
      type: "message",
      role: "assistant",
      status: "in_progress",
      content,
    };
    const message = { item, outputIndex: this.#response.output.length, text: "", spans: 0 };
    this.#open(item, { replyId: this.#replyId, spans });
    const part = this.#part("");
    this.#emit({ type: "response.content_part.added", ...this.#placeOf(message), part });
    return message;
  }

  #endMessage(message: Message, isCut: boolean): void {
    const place = this.#placeOf(message);
    const { text } = message;
    if (this.#isWritten) this.#emit({ type: "response.output_text.done", ...place, text });
    else {
      this.#emit({ type: "response.output_audio.done", ...place });
      this.#emit({
        type: "response.output_audio_transcript.done",
        ...place,
        transcript: text,
      });
    }
    this.#emit({ type: "response.content_part.done", ...place, part: this.#part(text) });
    const content: ItemContent = this.#isWritten
      ? { type: "output_text", text }
      : { type: "output_audio", transcript: text };
    const status = isCut ? "incomplete" : "completed";
    this.#close({ ...message.item, status, content: [content] }, message.outputIndex);
  }

  #open(item: RealtimeItem, spoken?: { replyId: ReplyId; spans: readonly ClauseSpan[] }): void {
    const output_index = this.#response.output.length;
    this.#response.output = [...this.#response.output, item];
    this.#emit({ type: "response.output_item.added", response_id: this.id, output_index, item });
    if (!this.#isRemembered) return;
    const lineId = spoken === undefined ? null : this.#replyId;
    const previous_item_id = this.#items.last;
    this.#items.add({ item, lineId, ...(spoken === undefined ? {} : { spoken }) });
    this.#emit({ type: "conversation.item.added", previous_item_id, item });
  }

  #close(item: RealtimeItem, output_index: number): void {
    this.#response.output = this.#response.output.map((other) =>
      other.id === item.id ? item : other,
    );
    const listed = this.#items.find(item.id);
    if (listed !== undefined) {
      listed.item = item;
      const previous_item_id = this.#items.previousOf(item.id);
      this.#emit({ type: "conversation.item.done", previous_item_id, item });
    }
    this.#emit({ type: "response.output_item.done", response_id: this.id, output_index, item });
  }

  #part(text: string): ContentPart {
    return this.#isWritten ? { type: "text", text } : { type: "audio", transcript: text };
  }

  #placeOf({ item, outputIndex }: Message) {
    return {
      response_id: this.id,
      item_id: item.id,
      output_index: outputIndex,
      content_index: 0,
    };
  }
}
