import type { Speex } from "@parley/audio/resampling/speex";
import type { Clock } from "@parley/shared/async/clock";
import type { VoiceEncoder } from "../../audio/opus-codec";
import type { CallEnd } from "../../contracts/call";
import type { DroppedFrames } from "../../contracts/media-statistics";
import type { TapFrame } from "../microphone/microphone-tap";
import { CallMicrophone } from "./call-microphone";
import { callSettings } from "./call-settings";
import { CallVoice, type CutResponse } from "./call-voice";
import type { RealtimeLink } from "./realtime-link";
import {
  errorEventSchema,
  interruptionSchema,
  readRealtimeMessage,
  responseDoneSchema,
  soundDeltaSchema,
  type RealtimeMessage,
} from "./realtime-message";

/** Event id of what this server asks for: refusals of it are no business of the browser's. */
const ownEventId = "event_of_the_call";

export type CallSessionOptions = {
  link: Pick<RealtimeLink, "listen" | "send" | "isWritable" | "close">;
  clock: Clock;
  speex: Speex;
  encoder: VoiceEncoder;
  /** A call in which nothing is said, and nothing asked for, as long is over. */
  idleMs: number;
  /** Takes a packet of the agent's voice every 20 ms. */
  sendRtp: (packet: Buffer) => void;
  /** Takes an event for the browser. @returns false for one that is too long */
  sendText: (text: string) => boolean;
  onEnd: (reason: CallEnd) => void;
};

/**
 * A call between a browser and its session at inference: sound goes by RTP on one side and in events
 * on the other; all other events are handed on as they are.
 */
export class CallSession {
  readonly voice: CallVoice;
  readonly #options: CallSessionOptions;
  readonly #microphone: CallMicrophone;
  /** Speech over a response cuts it. */
  #isInterruptible = true;
  #cancelIdle: () => void = () => undefined;

  constructor(options: CallSessionOptions) {
    this.#options = options;
    const { link, clock, speex, encoder, sendRtp } = options;
    this.#microphone = new CallMicrophone(link, speex);
    this.voice = new CallVoice({
      clock,
      speex,
      encoder,
      sendRtp,
      onStarted: (response_id) => {
        this.#tell({ type: "output_audio_buffer.started", response_id });
      },
      onStopped: (response_id) => {
        this.#tell({ type: "output_audio_buffer.stopped", response_id });
      },
      onCut: (cut) => {
        this.#tellCut(cut);
      },
    });
  }

  get counts(): DroppedFrames {
    const { late, unknown, outOfOrder, overflow } = this.voice.counts;
    const microphone = this.#microphone.dropped;
    return { microphone, lateReply: late, unknownReply: unknown, outOfOrder, overflow };
  }

  /** Begins to speak and to hand on. */
  start(): void {
    this.#stayAwake();
    this.voice.start();
    this.#options.link.listen({
      onMessage: (message) => {
        this.#handle(message);
      },
      onLost: () => {
        this.#tellEnd("session_lost", "The session was lost.");
        this.#options.onEnd("session-lost");
      },
    });
  }

  hear(frame: TapFrame): void {
    this.#microphone.hear(frame);
  }

  /** An event of the browser's. */
  receive(text: string): void {
    const { link, onEnd } = this.#options;
    if (!link.isWritable) {
      onEnd("stuck");
      return;
    }
    this.#stayAwake();
    const message = readRealtimeMessage(text);
    switch (message?.type) {
      case "output_audio_buffer.clear":
        this.voice.cutAll();
        break;
      case "session.update":
        link.send({ ...message.fields, session: callSettings(message.fields.session) });
        break;
      default:
        // What is no event is inference's to refuse.
        link.send(text);
    }
  }

  /** Idempotent. */
  close(): void {
    this.#cancelIdle();
    this.#options.link.close();
    this.voice.close();
    this.#microphone.close();
  }

  #handle(message: RealtimeMessage): void {
    switch (message.type) {
      case "response.output_audio.delta":
        this.#play(message);
        return;
      case "response.done":
        this.#tellText(message.text);
        this.#endResponse(message);
        return;
      case "session.created":
      case "session.updated":
        this.#noteSettings(message);
        break;
      case "input_audio_buffer.speech_started":
        this.#stayAwake();
        this.#tellText(message.text);
        if (this.#isInterruptible) this.voice.cutAll();
        return;
      case "error":
        if (errorEventSchema.safeParse(message.fields).data?.error.event_id === ownEventId) return;
        break;
      default:
    }
    this.#tellText(message.text);
  }

  #play({ fields }: RealtimeMessage): void {
    const delta = soundDeltaSchema.safeParse(fields);
    if (delta.success) this.voice.push(delta.data);
  }

  #endResponse({ fields }: RealtimeMessage): void {
    const { data } = responseDoneSchema.safeParse(fields);
    if (data === undefined) return;
    const { id, status } = data.response;
    if (status === "cancelled") this.voice.cut(id);
    else this.voice.complete(id);
  }

  #noteSettings({ fields }: RealtimeMessage): void {
    const { data } = interruptionSchema.safeParse(fields);
    const detection = data?.session.audio.input.turn_detection;
    this.#isInterruptible = detection?.interrupt_response ?? true;
  }

  /** The conversation remembers what was heard. */
  #tellCut({ responseId, itemId, contentIndex, playedMs, hasStarted }: CutResponse): void {
    if (hasStarted) {
      this.#tell({ type: "output_audio_buffer.cleared", response_id: responseId });
    }
    this.#options.link.send({
      type: "conversation.item.truncate",
      event_id: ownEventId,
      item_id: itemId,
      content_index: contentIndex,
      audio_end_ms: playedMs,
    });
  }

  #tellEnd(code: string, message: string): void {
    const error = { type: "server_error", code, message, param: null, event_id: null };
    this.#tell({ type: "error", error });
  }

  #tell(event: { type: string; [field: string]: unknown }): void {
    this.#tellText(JSON.stringify({ event_id: `event_${crypto.randomUUID()}`, ...event }));
  }

  #tellText(text: string): void {
    if (this.#options.sendText(text)) return;
    this.#tellEnd("event_too_long", "An event is longer than the data channel takes.");
  }

  #stayAwake(): void {
    const { clock, idleMs, onEnd } = this.#options;
    this.#cancelIdle();
    this.#cancelIdle = clock.schedule(idleMs, () => {
      this.#tellEnd("session_expired", "Nothing was said for a long time.");
      onEnd("idle");
    });
  }
}
