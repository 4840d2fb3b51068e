import { isAbort } from "@parley/shared/async/abort";
import type { MicrophoneStatus } from "./client-event";
import type { MicrophonePort } from "./microphone";
import { microphoneProblem } from "./microphone-problem";

/** Microphone of a member in a room: opens it, changes it, and replaces it when unplugged. */
export class RoomMicrophone {
  readonly #microphone: MicrophonePort;
  readonly #onTrack: (track: MediaStreamTrack) => void;
  readonly #onStatus: (status: MicrophoneStatus) => void;
  readonly #closed = new AbortController();
  readonly #unsubscribe: () => void;

  constructor(options: {
    microphone: MicrophonePort;
    /** Called with a track to send in place of any earlier one. */
    onTrack: (track: MediaStreamTrack) => void;
    onStatus: (status: MicrophoneStatus) => void;
  }) {
    this.#microphone = options.microphone;
    this.#onTrack = options.onTrack;
    this.#onStatus = options.onStatus;
    this.#unsubscribe = options.microphone.subscribe(() => {
      // Unplugged: people expect the system's choice to take over.
      void this.open(null);
    });
  }

  /** Opens a device. A failure becomes the status; the promise never rejects. */
  async open(deviceId: string | null): Promise<void> {
    this.#onStatus({ state: "opening" });
    try {
      const track = await this.#microphone.open(deviceId, this.#closed.signal);
      this.#onTrack(track);
      this.#onStatus({ state: "open" });
    } catch (error) {
      if (isAbort(error)) return;
      this.#onStatus({ state: "unavailable", problem: microphoneProblem(error).code });
    }
  }

  level(): number {
    return this.#microphone.level();
  }

  /** Starts level metering where the browser waits for a click. Call from a click. */
  resume(): void {
    this.#microphone.resume();
  }

  close(): void {
    this.#closed.abort();
    this.#unsubscribe();
    this.#microphone.close();
  }
}
