import type { Speex } from "@parley/audio/resampling/speex";
import type { LinkFrame } from "@parley/shared/protocol/link-frame";
import type { ReplyId } from "@parley/shared/protocol/ids";
import type { TokenUsage } from "../../../contracts/chat-model";
import type { ReplyStep } from "../../../session/replying/reply-progress";
import type { ReplyRequest } from "../../../session/replying/reply-request";
import type { Emit, RealtimeResponse, ResponseStatusDetails } from "../events/server-events";
import { OutputSound } from "../sound/output-sound";
import type { ItemList } from "./item-list";
import { ResponseWriter } from "./response-writer";
import { responseUsage } from "./usage";

/** Form of a response, from its request or from the session. */
export type ResponseForm = Pick<
  RealtimeResponse,
  "conversation_id" | "output_modalities" | "audio" | "max_output_tokens" | "metadata"
>;

export type ResponsesOptions = {
  emit: Emit;
  items: ItemList;
  speex: Speex;
  /** @param request null for a reply of the agent's own accord */
  formOf: (request: ReplyRequest | null) => ResponseForm;
  /** What the chat model reads besides the items, in characters. */
  instructionCharacters: () => number;
  /** Sound that people said so far, ms. */
  heardMs: () => number;
};

type Active = {
  replyId: ReplyId;
  writer: ResponseWriter;
  sound: OutputSound;
  failure: string | null;
  /** Its tokens are used up. */
  isLimited: boolean;
  isCancelledByClient: boolean;
};

/** Counts that came before their reply had the floor; more than ever wait at once. */
const maxCounts = 16;

/** Turns the progress of replies into responses, one at a time. */
export class Responses {
  readonly #options: ResponsesOptions;
  readonly #counts = new Map<ReplyId, TokenUsage>();
  #active: Active | null = null;

  constructor(options: ResponsesOptions) {
    this.#options = options;
  }

  /** Response that is being made; null for none. */
  get active(): { id: string; replyId: ReplyId } | null {
    if (this.#active === null) return null;
    return { id: this.#active.writer.id, replyId: this.#active.replyId };
  }

  /** Sound of the active response that was sent, ms. */
  get sentMs(): number {
    return this.#active?.sound.lengthMs ?? 0;
  }

  progress(step: ReplyStep): void {
    switch (step.type) {
      case "released":
        this.#begin(step.replyId, step.request);
        break;
      case "clauses":
        this.#of(step.replyId)?.writer.clauses(step.spans);
        break;
      case "tool-called":
        this.#of(step.replyId)?.writer.toolCall(step.name, step.input);
        break;
      case "usage":
        this.#count(step.replyId, step.usage);
        break;
      case "limited": {
        const active = this.#of(step.replyId);
        if (active !== undefined) active.isLimited = true;
        break;
      }
      case "failed": {
        const active = this.#of(step.replyId);
        if (active !== undefined) active.failure = step.reason ?? "voice";
        break;
      }
      case "over":
        this.#counts.delete(step.replyId);
        this.#overWithoutSound(step.replyId);
        break;
    }
  }

  /** Sound of a reply. */
  sound({ id, samples, sampleRate }: LinkFrame): void {
    const active = this.#active;
    if (active?.replyId !== id || samples.length === 0) return;
    active.writer.sound(active.sound.encode(samples, sampleRate));
  }

  /** All of the reply was sent. */
  whole(replyId: ReplyId): void {
    const active = this.#of(replyId);
    if (active === undefined) return;
    active.writer.sound(active.sound.flush());
    this.#end(active);
  }

  /** The reply was cut off while it was being made; later there is nothing left to end. */
  cut(replyId: ReplyId): void {
    const active = this.#of(replyId);
    if (active !== undefined) this.#end(active, cancelled(active));
  }

  /** The client wants no more of the active response. */
  cancelByClient(): void {
    if (this.#active !== null) this.#active.isCancelledByClient = true;
  }

  /** Frees memory, without an event. Idempotent. */
  close(): void {
    this.#active?.sound.close();
    this.#active = null;
  }

  #of(replyId: ReplyId): Active | undefined {
    return this.#active?.replyId === replyId ? this.#active : undefined;
  }

  #begin(replyId: ReplyId, request: ReplyRequest | null): void {
    if (this.#of(replyId) !== undefined) return;
    // Its reply was withdrawn for this one.
    if (this.#active !== null) this.#end(this.#active, cancelled(this.#active));
    const { emit, items, speex, formOf } = this.#options;
    const response = formOf(request);
    const isRemembered = request?.isForgotten !== true;
    this.#active = {
      replyId,
      writer: new ResponseWriter({ emit, items, replyId, isRemembered, response }),
      sound: new OutputSound(speex, response.audio.output.format),
      failure: null,
      isLimited: false,
      isCancelledByClient: false,
    };
  }

  #overWithoutSound(replyId: ReplyId): void {
    const active = this.#of(replyId);
    if (active === undefined) return;
    const isWhole = (active.writer.hasOutput || active.isLimited) && !active.isCancelledByClient;
    if (isWhole || active.failure !== null) this.#end(active);
    else this.#end(active, cancelled(active));
  }

  #end(active: Active, details?: ResponseStatusDetails): void {
    const { items, instructionCharacters, heardMs } = this.#options;
    const { writer, sound, replyId, isLimited } = active;
    sound.close();
    this.#active = null;
    const { text, writtenCharacters } = writer;
    const readCharacters = Math.max(0, instructionCharacters() + charactersOf(items) - text.length);
    const usage = responseUsage({
      counted: this.#counts.get(replyId) ?? null,
      limit: isLimited ? writer.maxTokens : null,
      readCharacters,
      writtenCharacters,
      heardMs: heardMs(),
      spokenMs: sound.lengthMs,
    });
    this.#counts.delete(replyId);
    writer.end(usage, details ?? endOf(active));
  }

  #count(replyId: ReplyId, usage: TokenUsage): void {
    this.#counts.set(replyId, usage);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > maxCounts && oldest !== undefined) this.#counts.delete(oldest);
  }
}

function cancelled({ isCancelledByClient }: Active): ResponseStatusDetails {
  const reason = isCancelledByClient ? "client_cancelled" : "turn_detected";
  return { type: "cancelled", reason };
}

/** @returns why a response that nobody cut ended before its time; absent for one that is whole */
function endOf({ failure, isLimited }: Active): ResponseStatusDetails | undefined {
  if (failure !== null) return { type: "failed", error: { type: "server_error", code: failure } };
  return isLimited ? { type: "incomplete", reason: "max_output_tokens" } : undefined;
}

function charactersOf(items: ItemList): number {
  return items.all.reduce((sum, { item }) => sum + JSON.stringify(item).length, 0);
}
