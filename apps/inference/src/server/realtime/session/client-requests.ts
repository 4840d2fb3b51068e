import { setImmediate } from "node:timers/promises";
import { heardText } from "../../../session/replying/heard-text";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import type { ClientEvent, ClientEventOf, ResponseFields } from "../events/client-events";
import type { ItemFields } from "../events/item-fields";
import type { Emit } from "../events/server-events";
import { RealtimeError } from "../realtime-error";
import { realtimeId } from "../realtime-ids";
import { InputSound } from "../sound/input-sound";
import { givenItem, lineOf, soundOf } from "./given-item";
import type { RealtimeSession } from "./realtime-session";
import { formOf, requestOf } from "./response-request";
import { commitItem, completeTranscript, failTranscript } from "./turn-events";

export type ClientRequestsOptions = {
  session: RealtimeSession;
  recognizer: Recognizer;
  synthesizer: Synthesizer;
  defaultVoice: string;
  sound: InputSound;
  emit: Emit;
  /** The session is over. */
  signal: AbortSignal;
};

/** OpenAI's least length of sound that can be committed, ms. */
const leastCommitMs = 100;

/** Carries out a client's events, one after another. */
export class ClientRequests {
  readonly #options: ClientRequestsOptions;
  #sound: InputSound;
  /** Length of all sound when the last turn was committed, ms. */
  #committedMs = 0;

  constructor(options: ClientRequestsOptions) {
    this.#options = options;
    this.#sound = options.sound;
    options.signal.addEventListener("abort", () => {
      this.#sound.close();
    });
  }

  /**
   * Carries out one event; later ones are to wait.
   *
   * @throws RealtimeError for an event that does not fit
   */
  async carryOut(event: ClientEvent): Promise<void> {
    const { session, emit } = this.#options;
    switch (event.type) {
      case "session.update":
        await this.#update(event);
        break;
      case "input_audio_buffer.append":
        await this.#append(event.audio);
        break;
      case "input_audio_buffer.commit":
        await this.#commit();
        break;
      case "input_audio_buffer.clear":
        session.discard();
        this.#committedMs = session.feed.receivedMs;
        emit({ type: "input_audio_buffer.cleared" });
        break;
      case "output_audio_buffer.clear":
        // Of WebRTC alone: here the client has the buffer.
        break;
      case "conversation.item.create":
        await this.#create(event);
        break;
      case "conversation.item.retrieve":
        emit({
          type: "conversation.item.retrieved",
          item: session.items.require(event.item_id).item,
        });
        break;
      case "conversation.item.delete":
        this.#delete(event.item_id);
        break;
      case "conversation.item.truncate":
        this.#truncate(event);
        break;
      case "response.create":
        this.#respond(event.response ?? {});
        break;
      case "response.cancel":
        this.#cancel(event.response_id ?? null);
        break;
    }
  }

  async #update({ session: fields }: ClientEventOf<"session.update">): Promise<void> {
    const { session } = this.#options;
    if (fields.type !== undefined && fields.type !== session.config.type) {
      const message = `This is a session of type ${session.config.type}.`;
      throw new RealtimeError("invalid_value", message, "session.type");
    }
    const { format } = session.config.audio.input;
    session.change(fields);
    const changed = session.config.audio.input.format;
    if (changed.type === format.type) return;
    this.#sound.close();
    this.#sound = await InputSound.open(changed);
    if (this.#options.signal.aborted) this.#sound.close();
  }

  async #append(audio: string): Promise<void> {
    let isFirst = true;
    for (const samples of this.#sound.decode(audio)) {
      // Other clients come in between.
      if (!isFirst) await setImmediate();
      isFirst = false;
      if (this.#options.signal.aborted) return;
      this.#options.session.feed.push(samples);
    }
  }

  async #commit(): Promise<void> {
    const { session, emit } = this.#options;
    const { feed, items } = session;
    const lengthMs = feed.receivedMs - this.#committedMs;
    if (lengthMs < leastCommitMs) {
      const message = `The buffer has ${lengthMs} ms of sound; ${leastCommitMs} are the least.`;
      throw new RealtimeError("input_audio_buffer_commit_empty", message);
    }
    this.#committedMs = feed.receivedMs;
    if (!session.isTurnEndTold) {
      await session.commit();
      return;
    }
    const itemId = realtimeId("item");
    commitItem({ emit, items, itemId, lineId: null });
    const turn = await session.commit();
    const listed = items.find(itemId);
    if (listed !== undefined && turn !== null) listed.lineId = turn.turnId;
    const error = session.takeHearingFailure();
    if (!session.isTranscribed) return;
    if (error !== null) {
      failTranscript({ emit, itemId, error });
      return;
    }
    const text = turn?.text ?? "";
    if (text !== "") {
      const type = "conversation.item.input_audio_transcription.delta";
      emit({ type, item_id: itemId, content_index: 0, delta: text });
    }
    completeTranscript({ emit, items, itemId, text, seconds: lengthMs / 1_000 });
  }

  async #create(event: ClientEventOf<"conversation.item.create">): Promise<void> {
    const { session, emit } = this.#options;
    const { items } = session;
    const { item: fields, previous_item_id: previous } = event;
    if (fields.id != null && items.find(fields.id) !== undefined) {
      throw new RealtimeError("invalid_value", `There is an item ${fields.id} already.`, "item.id");
    }
    if (previous != null && previous !== "root") items.require(previous, "previous_item_id");
    const item = givenItem(fields, await this.#transcribe(fields));
    const line = lineOf(item, (callId) => items.callOf(callId));
    const afterId = previous === "root" ? null : (previous ?? undefined);
    if (line !== null) {
      const lineBefore = afterId == null ? afterId : items.lineAt(afterId);
      session.accept({
        type: "line-added",
        line,
        ...(lineBefore === undefined ? {} : { afterId: lineBefore }),
      });
    }
    items.add({ item, lineId: line === null ? null : item.id }, afterId);
    const previous_item_id = items.previousOf(item.id);
    emit({ type: "conversation.item.added", previous_item_id, item });
    emit({ type: "conversation.item.done", previous_item_id, item });
  }

  /** @returns the words in each sound of the item */
  async #transcribe(fields: ItemFields): Promise<string[]> {
    const { session, recognizer } = this.#options;
    const words: string[] = [];
    for (const audio of soundOf(fields)) {
      const sound = await InputSound.open(session.config.audio.input.format);
      const stream = await recognizer.open();
      try {
        for (const samples of sound.decode(audio)) await stream.write(samples);
        words.push((await stream.finish()).text);
      } finally {
        sound.close();
        stream.close();
      }
    }
    return words;
  }

  #delete(itemId: string): void {
    const { session, emit } = this.#options;
    const { lineId } = session.items.require(itemId);
    if (lineId !== null) session.accept({ type: "line-removed", lineId });
    session.items.remove(itemId);
    emit({ type: "conversation.item.deleted", item_id: itemId });
  }

  /** The client heard so much of a reply. */
  #truncate(event: ClientEventOf<"conversation.item.truncate">): void {
    const { session, emit } = this.#options;
    const { item_id: itemId, audio_end_ms: audioEndMs, content_index: contentIndex } = event;
    const listed = session.items.require(itemId);
    const { item, spoken } = listed;
    if (spoken === undefined || item.type !== "message" || contentIndex !== 0) {
      const message = "Only sound of the assistant's can be truncated.";
      throw new RealtimeError("invalid_value", message, "item_id");
    }
    const { replyId, spans } = spoken;
    const text = heardText(spans, audioEndMs);
    listed.item = { ...item, content: [{ type: "output_audio", transcript: text }] };
    // What is still being made goes on: it is the client's to cancel it.
    if (session.playout.replyId === replyId) session.playout.finish();
    session.accept({ type: "reply-corrected", replyId, text, isInterrupted: true });
    emit({
      type: "conversation.item.truncated",
      item_id: itemId,
      content_index: contentIndex,
      audio_end_ms: audioEndMs,
    });
  }

  #respond(fields: ResponseFields): void {
    const { session } = this.#options;
    if (session.config.type === "transcription") {
      throw new RealtimeError("invalid_value", "A transcription session has no responses.", "type");
    }
    if (session.responses.active !== null) {
      const message = `The response ${session.responses.active.id} is not over.`;
      throw new RealtimeError("conversation_already_has_active_response", message);
    }
    const context = { ...this.#options, items: session.items, usual: session.config };
    session.ask(requestOf(fields, context), formOf(fields, session.config));
  }

  #cancel(responseId: string | null): void {
    const { session } = this.#options;
    const { active } = session.responses;
    if (active === null || (responseId !== null && responseId !== active.id)) {
      const message = "There is no such response to cancel.";
      throw new RealtimeError("response_cancel_not_active", message);
    }
    session.responses.cancelByClient();
    session.interrupt();
  }
}
