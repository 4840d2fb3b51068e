import { Emitter } from "../emitter";
import type { MicrophoneEvent, MicrophonePort } from "../sound/microphone";
import type { ProblemError } from "../problem";

/** Microphone without a device. */
export class FakeMicrophone implements MicrophonePort {
  readonly #emitter = new Emitter<MicrophoneEvent>();
  /** Error that opening rejects with. */
  failure: ProblemError | null = null;
  /** Ids of the devices opened, in order; null is the system's choice. */
  readonly opened: (string | null)[] = [];
  loudness = 0;
  isClosed = false;

  open(deviceId: string | null): Promise<MediaStreamTrack> {
    this.opened.push(deviceId);
    if (this.failure !== null) return Promise.reject(this.failure);
    return Promise.resolve({ id: `track-${this.opened.length}` } as MediaStreamTrack);
  }

  unplug(): void {
    this.#emitter.emit({ type: "unplugged" });
  }

  level(): number {
    return this.loudness;
  }

  resume(): void {
    // No level metering here.
  }

  subscribe(listener: (event: MicrophoneEvent) => void): () => void {
    return this.#emitter.subscribe(listener);
  }

  close(): void {
    this.isClosed = true;
  }
}
