import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import type { RoomId } from "@parley/shared/protocol/ids";
import type { AudioDevicesPort } from "../sound/audio-devices";
import type { ClientEvent } from "./client-event";
import { Emitter } from "../emitter";
import { MessageOutbox, settledEntryIds } from "./message-outbox";
import type { MicrophoneChoice, MicrophonePort } from "../sound/microphone";
import { MutedSpeechDetector } from "./muted-speech-detector";
import { RoomMicrophone } from "./room-microphone";
import { RoomSeat, type RoomSeatOptions } from "./room-seat";

/** Limit of waiting for the microphone permission; then the member joins without a microphone. */
const microphoneGraceMs = 10_000;
const levelIntervalMs = 100;

export type JoinOptions = {
  roomId: RoomId;
  name: string;
  microphone: MicrophoneChoice;
  /** Device id; null for the system's choice. */
  speakerId: string | null;
  /** Loudness of the agent, 0 to 1. */
  agentVolume: number;
};

export type RoomClientOptions = RoomSeatOptions & {
  microphone: MicrophonePort;
  devices: AudioDevicesPort;
};

/** Room client as components need it; tests put a fake in its place. */
export type RoomClientPort = Pick<
  RoomClient,
  | "subscribe"
  | "join"
  | "setMuted"
  | "sendMessage"
  | "interrupt"
  | "chooseMicrophone"
  | "chooseSpeaker"
  | "setAgentVolume"
  | "unlockPlayback"
  | "leave"
  | "close"
>;

/** Client of one room, from joining to leaving. Emits events for stores; knows no component. */
export class RoomClient {
  readonly #audioOutput: RoomSeatOptions["audioOutput"];
  readonly #clock: Clock;
  readonly #emitter = new Emitter<ClientEvent>();
  readonly #seat: RoomSeat;
  readonly #microphone: RoomMicrophone;
  readonly #outbox: MessageOutbox;
  readonly #mutedSpeech = new MutedSpeechDetector();
  #isJoinCalled = false;
  #isTalkingMuted = false;
  #isClosed = false;
  #cancelLevels: (() => void) | null = null;

  constructor(options: RoomClientOptions) {
    this.#audioOutput = options.audioOutput;
    this.#clock = options.clock;
    this.#seat = new RoomSeat(options, {
      emit: (event) => {
        this.#emit(event);
      },
      onJoined: () => {
        this.#outbox.flush();
      },
      onChannelOpened: () => {
        this.#outbox.flush();
      },
    });
    this.#microphone = new RoomMicrophone({
      microphone: options.microphone,
      devices: options.devices,
      onTrack: (track) => {
        // Sending fails only when the transport is gone.
        this.#seat.media.setMicrophone(track).catch(() => {
          this.#seat.rejoin();
        });
      },
      onStatus: (microphone) => {
        this.#emit({ type: "microphone-changed", microphone });
      },
    });
    this.#outbox = new MessageOutbox({
      send: (event) => this.#seat.send(event),
      onChanged: (messages) => {
        this.#emit({ type: "messages-pending", messages });
      },
    });
  }

  subscribe(listener: (event: ClientEvent) => void): () => void {
    return this.#emitter.subscribe(listener);
  }

  /**
   * Joins the room. Call from a click, which lets the browser play audio. Progress and failure are
   * emitted as events; the promise resolves when the server was reached or this client was closed.
   */
  async join(options: JoinOptions): Promise<void> {
    if (this.#isJoinCalled) throw new AppError("invalid-state", "join was called before");
    this.#isJoinCalled = true;
    this.#audioOutput.subscribe(({ isBlocked }) => {
      this.#emit({ type: "playback-blocked-changed", isBlocked });
    });
    this.#audioOutput.setAgentVolume(options.agentVolume);
    this.#audioOutput.unlock();
    void this.#audioOutput.chooseDevice(options.speakerId);
    // Echo cancellation adapts to the greeting if the microphone is open before it.
    const answered = new AbortController();
    const timeout = this.#clock.delay(microphoneGraceMs, answered.signal).catch(() => undefined);
    await Promise.race([this.#microphone.open(options.microphone), timeout]);
    answered.abort();
    if (this.#isClosed) return;
    this.#watchLevels();
    await this.#seat.join({ roomId: options.roomId, name: options.name });
  }

  setMuted(isMuted: boolean): void {
    if (this.#seat.media.isMuted === isMuted) return;
    this.#seat.setMuted(isMuted);
    this.#emit({ type: "muted-changed", isMuted });
  }

  /** Sends a typed message; kept and sent later while the room cannot be reached. */
  sendMessage(text: string): void {
    const trimmed = text.trim();
    if (trimmed !== "") this.#outbox.add(trimmed);
  }

  /** Interrupts the agent: silent here at once, for others when the server has cut the reply. */
  interrupt(): void {
    const { replyId } = this.#seat.feed;
    const isSent = this.#seat.send({ type: "interrupt", replyId });
    if (isSent && replyId !== null) this.#audioOutput.muteAgent();
  }

  async chooseMicrophone(choice: MicrophoneChoice): Promise<void> {
    await this.#microphone.open(choice);
  }

  /** Sets how loud the agent is here, 0 to 1. */
  setAgentVolume(volume: number): void {
    this.#audioOutput.setAgentVolume(volume);
  }

  async chooseSpeaker(deviceId: string | null): Promise<void> {
    await this.#audioOutput.chooseDevice(deviceId);
  }

  /** Starts playback that the browser has blocked. Call from a click. */
  unlockPlayback(): void {
    this.#audioOutput.unlock();
    this.#microphone.resume();
  }

  /** Leaves the room and closes. */
  async leave(): Promise<void> {
    await this.#seat.leave();
    this.close();
  }

  /** Closes transports, tracks, timers and the socket. Idempotent. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelLevels?.();
    this.#microphone.close();
    this.#seat.close();
    this.#emitter.clear();
  }

  #emit(event: ClientEvent): void {
    this.#emitter.emit(event);
    if (event.type === "snapshot-applied") {
      this.#outbox.settle(event.snapshot.entries.map((entry) => entry.entryId));
    } else if (event.type === "room-event") {
      this.#outbox.settle(settledEntryIds(event.body));
      if (event.body.type === "turn-timings") void this.#measureDelay();
    } else if (event.type === "connection-changed" && event.connection === "failed") {
      // Nobody hears the member any more: the browser's recording sign must go out.
      this.#microphone.close();
      this.#cancelLevels?.();
    }
  }

  /** The server's timings begin and end at the server; the rest is measured here. */
  async #measureDelay(): Promise<void> {
    const delay = await this.#seat.media.soundDelay().catch(() => null);
    if (delay !== null && !this.#isClosed) this.#emit({ type: "sound-delay-measured", delay });
  }

  #watchLevels(): void {
    const { isMuted } = this.#seat.media;
    const microphoneLevel = this.#microphone.level();
    this.#emit({
      type: "levels-changed",
      levels: this.#seat.media.levels(),
      microphoneLevel: isMuted ? 0 : microphoneLevel,
    });
    const isSpeaking = this.#mutedSpeech.update({
      level: microphoneLevel,
      isMuted,
      elapsedMs: levelIntervalMs,
    });
    if (isSpeaking !== this.#isTalkingMuted) {
      this.#isTalkingMuted = isSpeaking;
      this.#emit({ type: "muted-speech-changed", isSpeaking });
    }
    this.#cancelLevels = this.#clock.schedule(levelIntervalMs, () => {
      this.#watchLevels();
    });
  }
}
