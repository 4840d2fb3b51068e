import type { TurnId } from "@parley/shared/protocol/ids";
import type { Turn, TurnChange } from "../../../session/hearing/turn";
import type { RealtimeItem } from "../events/item-fields";
import type { Emit } from "../events/server-events";
import { realtimeErrorFields } from "../realtime-error";
import type { ItemList } from "./item-list";
import { LiveTranscript } from "./live-transcript";

export type TurnEventsOptions = {
  emit: Emit;
  items: ItemList;
  /** @returns the place in the client's sound, ms, of what was handed on at this time */
  soundMsAt: (stampMs: number) => number;
  /** Sound before the detected start that counts as part of the turn, ms. */
  paddingMs: () => number;
  /** The words of turns are told. */
  isTranscribed: () => boolean;
};

type TurnInHand = {
  turnId: TurnId;
  itemId: string;
  startMs: number;
  endMs: number;
  isTold: boolean;
  /** Some of it could not be recognised. */
  failure: Error | null;
  words: LiveTranscript;
};

/** Tells of turns whose ends are detected. */
export class TurnEvents {
  readonly #options: TurnEventsOptions;
  #turn: TurnInHand | null = null;
  /** Sound of all turns so far, ms. */
  #heardMs = 0;

  constructor(options: TurnEventsOptions) {
    this.#options = options;
  }

  get heardMs(): number {
    return this.#heardMs;
  }

  /** The client knows of the turn in hand. */
  get isTold(): boolean {
    return this.#turn?.isTold === true;
  }

  /** @param isUncertain speech over a reply: it is told of once it is known to be meant */
  changed({ type, turn }: TurnChange, isUncertain: boolean): void {
    if (type === "opened") this.#open(turn);
    const inHand = this.#turn;
    if (inHand?.turnId !== turn.turnId) return;
    inHand.endMs = inHand.startMs + turn.speechMs;
    if (type === "opened" && !isUncertain) this.told();
    if (type === "words" || type === "settled")
      this.#delta(inHand, inHand.words.partial(turn.text));
    if (type === "dropped" && inHand.failure !== null) this.final(turn.turnId, "");
    else if (type === "dropped" || type === "abandoned") this.#stop(inHand);
  }

  /** The speech is known to be meant. Idempotent. */
  told(): void {
    const inHand = this.#turn;
    if (inHand === null || inHand.isTold) return;
    inHand.isTold = true;
    const audio_start_ms = Math.max(0, inHand.startMs - this.#options.paddingMs());
    const { itemId: item_id } = inHand;
    this.#options.emit({ type: "input_audio_buffer.speech_started", item_id, audio_start_ms });
  }

  /** The turn is final. @param text of it */
  final(turnId: TurnId, text: string): void {
    const inHand = this.#turn;
    if (inHand?.turnId !== turnId) return;
    const { itemId } = inHand;
    this.told();
    this.#stop(inHand);
    this.#heardMs += inHand.endMs - inHand.startMs;
    const { emit, items } = this.#options;
    commitItem({ emit, items, itemId, lineId: turnId });
    this.#complete(inHand, text);
  }

  /** Words of the turn in hand are lost. */
  failed(error: Error): void {
    if (this.#turn !== null) this.#turn.failure = error;
  }

  /** The turn was none: nothing of it is told any more. */
  forget(): void {
    if (this.#turn !== null) this.#stop(this.#turn);
  }

  #open({ turnId, startedAtMs }: Turn): void {
    const startMs = this.#options.soundMsAt(startedAtMs);
    const words = new LiveTranscript();
    const itemId = `item_${turnId}`;
    this.#turn = { turnId, itemId, startMs, endMs: startMs, isTold: false, failure: null, words };
  }

  #stop(inHand: TurnInHand): void {
    this.#turn = null;
    if (!inHand.isTold) return;
    const { itemId: item_id } = inHand;
    const audio_end_ms = Math.round(inHand.endMs);
    this.#options.emit({ type: "input_audio_buffer.speech_stopped", item_id, audio_end_ms });
  }

  #delta({ itemId: item_id, isTold }: TurnInHand, delta: string): void {
    if (delta === "" || !isTold || !this.#options.isTranscribed()) return;
    const type = "conversation.item.input_audio_transcription.delta";
    this.#options.emit({ type, item_id, content_index: 0, delta });
  }

  #complete(inHand: TurnInHand, text: string): void {
    if (!this.#options.isTranscribed()) return;
    const { itemId, failure } = inHand;
    if (failure !== null) {
      failTranscript({ emit: this.#options.emit, itemId, error: failure });
      return;
    }
    this.#delta(inHand, inHand.words.final(text));
    const seconds = (inHand.endMs - inHand.startMs) / 1_000;
    completeTranscript({ ...this.#options, itemId, text, seconds });
  }
}

/** The client's sound becomes an item. @param lineId of its line; null while that is not known */
export function commitItem(options: {
  emit: Emit;
  items: ItemList;
  itemId: string;
  lineId: string | null;
}): void {
  const { emit, items, itemId, lineId } = options;
  const previous_item_id = items.last;
  const item: RealtimeItem = {
    id: itemId,
    object: "realtime.item",
    type: "message",
    role: "user",
    status: "completed",
    content: [{ type: "input_audio", transcript: null }],
  };
  items.add({ item, lineId });
  emit({ type: "input_audio_buffer.committed", item_id: itemId, previous_item_id });
  emit({ type: "conversation.item.added", previous_item_id, item });
  emit({ type: "conversation.item.done", previous_item_id, item });
}

/** The words of an item are known. */
export function completeTranscript(options: {
  emit: Emit;
  items: ItemList;
  itemId: string;
  text: string;
  seconds: number;
}): void {
  const { emit, items, itemId, text } = options;
  const listed = items.find(itemId);
  if (listed?.item.type === "message") {
    listed.item = { ...listed.item, content: [{ type: "input_audio", transcript: text }] };
  }
  const usage = { type: "duration" as const, seconds: Math.round(options.seconds * 1_000) / 1_000 };
  const type = "conversation.item.input_audio_transcription.completed";
  emit({ type, item_id: itemId, content_index: 0, transcript: text, usage });
}

/** The words of an item are lost. */
export function failTranscript(options: { emit: Emit; itemId: string; error: Error }): void {
  const { emit, itemId, error } = options;
  const { type: kind, code, message, param } = realtimeErrorFields(error, null);
  emit({
    type: "conversation.item.input_audio_transcription.failed",
    item_id: itemId,
    content_index: 0,
    error: { type: kind, code, message, param },
  });
}
