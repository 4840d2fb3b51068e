import type { Speex } from "@parley/audio/resampling/speex";
import type { Clock } from "@parley/shared/async/clock";
import { AppError, toWireError, type ErrorCode, type WireError } from "@parley/shared/errors";
import {
  isNeighbouringProtocol,
  linkNoticeSchema,
  type LinkNotice,
  type LinkRequest,
} from "@parley/shared/protocol/agent-link";
import type { MemberId, RoomId } from "@parley/shared/protocol/ids";
import { decodeLinkFrame } from "@parley/shared/protocol/link-frame";
import type { DroppedFrames } from "../contracts/media-statistics";
import type { VoiceEncoder } from "../audio/opus-codec";
import type { WorkerWish } from "../contracts/inference-worker";
import type { CodedWarnings } from "../logging/coded-warnings";
import type { LastingCounts } from "./lasting-counts";
import { LinkConnection } from "./link-connection";
import { MicrophoneUplink } from "./microphone/microphone-uplink";
import type { TapFrame } from "./microphone/microphone-tap";
import { PlayoutPacer } from "./voice/playout-pacer";
import { VoiceTrack } from "./voice/voice-track";
import type { WorkerChooser } from "./worker-chooser";

export type AgentBridgeEvent =
  | { type: "link-opened" }
  | { type: "link-lost"; error: WireError | null; replayedMembers: readonly MemberId[] }
  | { type: "link-notice"; notice: LinkNotice };

export type AgentBridgeOptions = {
  roomId: RoomId;
  clock: Clock;
  workers: WorkerChooser;
  wish: WorkerWish;
  inferenceKey: string | null;
  encoder: VoiceEncoder;
  speex: Speex;
  warnings: CodedWarnings;
  /** Counts the frames that are dropped here with those of all other rooms. */
  dropped: LastingCounts<keyof DroppedFrames>;
  onEvent: (event: AgentBridgeEvent) => void;
};

/**
 * The agent's media in one room: microphone frames go out over the link, the agent's voice comes
 * in and is paced. Control messages pass through to the main thread; those that the pacer needs
 * without delay are applied here first.
 */
export class AgentBridge {
  readonly voice: VoiceTrack;
  readonly #options: AgentBridgeOptions;
  readonly #link: LinkConnection;
  readonly #pacer: PlayoutPacer;
  readonly #microphones: MicrophoneUplink;
  #sendRtp: ((packet: Buffer) => void) | null = null;
  #state: "connecting" | "opening" | "ready" = "connecting";
  #lastError: WireError | null = null;
  readonly #uncount: () => void;

  constructor(options: AgentBridgeOptions) {
    this.#options = options;
    this.voice = new VoiceTrack(options.encoder);
    this.#uncount = options.dropped.add(this);
    this.#pacer = new PlayoutPacer({
      clock: options.clock,
      speex: options.speex,
      send: (frame, index) => {
        this.#sendVoice(frame, index);
      },
      report: (report) => {
        if (this.#state === "ready") this.#link.send(JSON.stringify(report));
      },
    });
    this.#link = new LinkConnection(options, {
      onOpen: () => {
        options.onEvent({ type: "link-opened" });
      },
      onLost: () => {
        this.#handleLost();
      },
      onText: (text) => {
        this.#handleText(text);
      },
      onBinary: (bytes) => {
        this.#handleFrame(bytes);
      },
    });
    this.#microphones = new MicrophoneUplink({
      link: this.#link,
      clock: options.clock,
      onDropped: (droppedFrames) => {
        this.#warn("timeout", "microphone sound was dropped", { droppedFrames });
      },
    });
  }

  get counts(): DroppedFrames {
    const { late, unknown, outOfOrder, overflow } = this.#pacer.counts;
    const microphone = this.#microphones.droppedFrames;
    return { microphone, lateReply: late, unknownReply: unknown, outOfOrder, overflow };
  }

  start(): void {
    this.#pacer.start();
    this.#link.start();
  }

  /** Sets the sink of the voice's RTP packets; null while the room's media is being rebuilt. */
  attachVoice(sendRtp: ((packet: Buffer) => void) | null): void {
    this.#sendRtp = sendRtp;
  }

  /** Sends a request; those before `session-open` are dropped, as it carries the whole state. */
  send(request: LinkRequest): void {
    if (request.type === "session-open") this.#state = "opening";
    else if (this.#state === "connecting") return;
    this.#link.send(JSON.stringify(request));
    if (request.type === "member-left") this.#microphones.forget(request.memberId);
  }

  /** Queues a member's microphone frame; kept for a while when the link is away or slow. */
  pushMicrophone(memberId: MemberId, frame: TapFrame): void {
    this.#microphones.push(memberId, frame);
  }

  /** Idempotent. */
  close(): void {
    this.#sendRtp = null;
    this.#pacer.close();
    this.#link.close();
    this.voice.close();
    this.#uncount();
  }

  #sendVoice(frame: Int16Array | null, index: number): void {
    try {
      this.#sendRtp?.(this.voice.packetize(frame, index));
    } catch {
      // The producer may close between two frames; the pacer must go on.
      this.#warn("internal", "a voice frame could not be sent");
    }
  }

  #handleText(text: string): void {
    let notice: LinkNotice;
    try {
      const message = JSON.parse(text) as { type?: unknown };
      const parsed = linkNoticeSchema.safeParse(message);
      if (!parsed.success) {
        const isKnown = linkNoticeSchema.options.some(
          (option) => option.shape.type.value === message.type,
        );
        // Unknown types come from a newer worker and are ignored.
        if (isKnown) throw new AppError("invalid-request", "malformed link notice");
        return;
      }
      notice = parsed.data;
    } catch {
      this.#warn("invalid-request", "a malformed link notice was dropped");
      return;
    }
    this.#microphones.note(notice);
    this.#applyNotice(notice);
    this.#options.onEvent({ type: "link-notice", notice });
  }

  /** Applies the notices that cannot wait for a trip to the main thread. */
  #applyNotice(notice: LinkNotice): void {
    switch (notice.type) {
      case "session-ready":
        if (!isNeighbouringProtocol(notice.protocol)) {
          this.#warn("protocol-mismatch", "inference speaks another protocol");
          this.#link.leave();
          break;
        }
        this.#state = "ready";
        this.#lastError = null;
        this.#link.confirm();
        this.#microphones.open();
        break;
      case "reply-start":
        this.#pacer.open(notice.replyId);
        break;
      case "reply-audio-end":
      case "reply-end":
        this.#pacer.endAudio(notice.replyId);
        break;
      case "reply-duck":
        this.#pacer.duck(notice.replyId);
        break;
      case "reply-hold":
        this.#pacer.hold(notice.replyId);
        break;
      case "reply-resume":
        this.#pacer.resume(notice.replyId);
        break;
      case "reply-cancel":
        this.#pacer.cancel(notice.replyId);
        break;
      case "error":
        this.#lastError = notice.error;
        this.#link.refuse(notice.retryAfterMs ?? 0);
        break;
      case "transcript-partial":
      case "transcript-final":
      case "transcript-retract":
      case "agent-state":
      case "misheard-members":
      case "agent-problem":
      case "reply-spoken":
      case "turn-timings":
      case "tool-use":
        break;
      default:
        // A new notice: say here whether the voice has to act on it.
        notice satisfies never;
    }
  }

  #handleFrame(bytes: Uint8Array): void {
    try {
      const frame = decodeLinkFrame(bytes);
      if (frame.kind !== "reply") {
        this.#warn("frame-malformed", "a microphone frame came from inference");
        return;
      }
      const outcome = this.#pacer.push(frame);
      const reply = { replyId: frame.id };
      if (outcome === "out-of-order")
        this.#warn("frame-out-of-order", "a frame was out of order", reply);
      if (outcome === "unknown")
        this.#warn("not-found", "a frame of an unknown reply was dropped", reply);
      if (outcome === "overflow") this.#warn("frame-too-large", "a reply grew too long", reply);
    } catch (error) {
      const { code, message } = toWireError(error);
      this.#warn(code, "a frame was dropped", { reason: message });
    }
  }

  #warn(code: ErrorCode, message: string, fields: object = {}): void {
    const { warnings, roomId } = this.#options;
    warnings.warn(code, message, { roomId, ...fields });
  }

  #handleLost(): void {
    this.#state = "connecting";
    const replayedMembers = this.#microphones.lose();
    this.#pacer.cancelAll();
    this.#options.onEvent({ type: "link-lost", error: this.#lastError, replayedMembers });
    this.#lastError = null;
  }
}
