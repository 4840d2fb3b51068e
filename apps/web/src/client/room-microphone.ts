import { isAbort } from "@parley/shared/async/abort";
import type { MicrophoneStatus } from "./client-event";
import type { MicrophonePort } from "./microphone";
import { microphoneProblem } from "./microphone-problem";

/** The member's microphone while in a room: opening, changing, losing and finding it again. */
export class RoomMicrophone {
  readonly #microphone: MicrophonePort;
  readonly #onTrack: (track: MediaStreamTrack) => void;
  readonly #onStatus: (status: MicrophoneStatus) => void;
  readonly #closed = new AbortController();
  readonly #unsubscribe: () => void;

  constructor(options: {
    microphone: MicrophonePort;
    /** A new track is to be sent in place of any earlier one. */
    onTrack: (track: MediaStreamTrack) => void;
    onStatus: (status: MicrophoneStatus) => void;
  }) {
    this.#microphone = options.microphone;
    this.#onTrack = options.onTrack;
    this.#onStatus = options.onStatus;
    this.#unsubscribe = options.microphone.subscribe(() => {
      // Unplugged: the system's choice is what people expect to take over.
      void this.open(null);
    });
  }

  /** Opens a device; what goes wrong becomes the status. Never rejects. */
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

  /** Call from a click. */
  resume(): void {
    this.#microphone.resume();
  }

  close(): void {
    this.#closed.abort();
    this.#unsubscribe();
    this.#microphone.close();
  }
}
