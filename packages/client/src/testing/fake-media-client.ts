import type { MemberId } from "@parley/shared/protocol/ids";
import type { MemberEvent, RoomEventBody } from "@parley/shared/protocol/room-event";
import type { MediaSource } from "@parley/shared/protocol/snapshot";
import { Emitter } from "../emitter";
import type { MediaClient, MediaClientEvent } from "../media/media-client";
import type { MediaRoute } from "../media/media-route";
import type { SoundDelay } from "../media/sound-delay";

/** Media without WebRTC: records calls; tests emit events through it. */
export class FakeMediaClient implements MediaClient {
  readonly #emitter = new Emitter<MediaClientEvent>();
  readonly sent: MemberEvent[] = [];
  microphone: MediaStreamTrack | null = null;
  isMuted = false;
  isStarted = false;
  isClosed = false;
  /** Whether the event channel is open. */
  canSend = true;
  /** Whether sound and events find their way to the server. */
  canConnect = true;
  sources: string[] = [];
  /** Gate that `start` waits for. */
  gate = Promise.resolve();
  /** Gate that `setMicrophone` waits for. */
  microphoneGate = Promise.resolve();
  restarts = 0;
  restartFailure: Error | null = null;
  loudness = new Map<MemberId, number>();

  emit(event: MediaClientEvent): void {
    this.#emitter.emit(event);
  }

  /** Emits a room event as a message of the event channel. */
  receiveEvent(sequence: number, body: RoomEventBody): void {
    this.emit({ type: "message-received", data: JSON.stringify({ sequence, body }) });
  }

  async start(): Promise<void> {
    await this.gate;
    this.isStarted = true;
    if (this.canConnect) this.emit({ type: "connection-changed", connection: "connected" });
  }

  soundDelay(): Promise<SoundDelay | null> {
    return Promise.resolve({ microphoneMs: 25, playerMs: 80 });
  }

  routes(): readonly MediaRoute[] {
    return [{ address: "192.0.2.7", port: 44_444, protocol: "udp" }];
  }

  async setMicrophone(track: MediaStreamTrack): Promise<void> {
    await this.microphoneGate;
    this.microphone = track;
  }

  setMuted(isMuted: boolean): void {
    if (this.microphone !== null) this.isMuted = isMuted;
  }

  setSources(sources: readonly MediaSource[]): Promise<void> {
    this.sources = sources.map((source) => source.producerId);
    return Promise.resolve();
  }

  addSource(source: MediaSource): Promise<void> {
    this.sources.push(source.producerId);
    return Promise.resolve();
  }

  removeSource(producerId: string): void {
    this.sources = this.sources.filter((other) => other !== producerId);
  }

  send(event: MemberEvent): boolean {
    if (this.canSend) this.sent.push(event);
    return this.canSend;
  }

  restartIce(): Promise<void> {
    this.restarts++;
    return this.restartFailure === null ? Promise.resolve() : Promise.reject(this.restartFailure);
  }

  levels(): ReadonlyMap<MemberId, number> {
    return this.loudness;
  }

  subscribe(listener: (event: MediaClientEvent) => void): () => void {
    return this.#emitter.subscribe(listener);
  }

  close(): void {
    this.isClosed = true;
    this.#emitter.clear();
  }
}
