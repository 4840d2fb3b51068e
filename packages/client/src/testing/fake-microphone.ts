import { Emitter } from "../emitter";
import type { MicrophoneChoice, MicrophoneEvent, MicrophonePort } from "../sound/microphone";
import type { ProblemError } from "../problem";

/** Microphone without a device. */
export class FakeMicrophone implements MicrophonePort {
  readonly #emitter = new Emitter<MicrophoneEvent>();
  /** Error that opening rejects with. */
  failure: ProblemError | null = null;
  /** What was opened, in order. */
  readonly choices: MicrophoneChoice[] = [];
  loudness = 0;
  isClosed = false;

  /** Ids of the devices opened, in order; null is the system's choice. */
  get opened(): (string | null)[] {
    return this.choices.map(({ deviceId }) => deviceId);
  }

  open(choice: MicrophoneChoice): Promise<MediaStreamTrack> {
    this.choices.push(choice);
    if (this.failure !== null) return Promise.reject(this.failure);
    return Promise.resolve({ id: `track-${this.choices.length}` } as MediaStreamTrack);
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
