import type { ClientEvent } from "../room/client-event";
import { Emitter } from "../emitter";
import type { MicrophoneChoice } from "../sound/microphone";
import type { JoinOptions, RoomClientPort } from "../room/room-client";

/** Room client without a room: records calls; tests emit events through it. */
export class FakeRoomClient implements RoomClientPort {
  readonly #emitter = new Emitter<ClientEvent>();
  /** Calls in order, as text: `join Ada`, `muted true`, `message hello`, `interrupt`, `leave`. */
  readonly calls: string[] = [];
  /** Called on join; the fixture page plays its scene here. */
  onJoin: (options: JoinOptions) => void = () => undefined;

  emit(...events: ClientEvent[]): void {
    for (const event of events) this.#emitter.emit(event);
  }

  subscribe(listener: (event: ClientEvent) => void): () => void {
    return this.#emitter.subscribe(listener);
  }

  join(options: JoinOptions): Promise<void> {
    this.calls.push(`join ${options.name}`);
    this.onJoin(options);
    return Promise.resolve();
  }

  setMuted(isMuted: boolean): void {
    this.calls.push(`muted ${isMuted}`);
    this.emit({ type: "muted-changed", isMuted });
  }

  sendMessage(text: string): void {
    this.calls.push(`message ${text}`);
  }

  interrupt(): void {
    this.calls.push("interrupt");
  }

  chooseMicrophone({ deviceId, suppressesNoise, cancelsEcho }: MicrophoneChoice): Promise<void> {
    const noise = suppressesNoise ? "" : " with noise";
    const echo = cancelsEcho ? "" : " with echo";
    this.calls.push(`microphone ${deviceId ?? "default"}${noise}${echo}`);
    return Promise.resolve();
  }

  setAgentVolume(volume: number): void {
    this.calls.push(`volume ${volume}`);
  }

  chooseSpeaker(deviceId: string | null): Promise<void> {
    this.calls.push(`speaker ${deviceId ?? "default"}`);
    return Promise.resolve();
  }

  unlockPlayback(): void {
    this.calls.push("unlock");
  }

  leave(): Promise<void> {
    this.calls.push("leave");
    this.close();
    return Promise.resolve();
  }

  close(): void {
    this.#emitter.clear();
  }
}
