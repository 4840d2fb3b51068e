import { isAbort } from "@parley/shared/async/abort";
import type { AudioDevicesPort } from "../sound/audio-devices";
import type { MicrophoneStatus } from "./client-event";
import type { MicrophoneChoice, MicrophonePort } from "../sound/microphone";
import { microphoneProblem } from "../sound/microphone-problem";

/**
 * Microphone of a member in a room: opens it, changes it, replaces it when it is unplugged, and takes
 * it again when it is back.
 */
export class RoomMicrophone {
  readonly #microphone: MicrophonePort;
  readonly #devices: AudioDevicesPort;
  readonly #onTrack: (track: MediaStreamTrack) => void;
  readonly #onStatus: (status: MicrophoneStatus) => void;
  readonly #closed = new AbortController();
  readonly #unsubscribe: (() => void)[];
  /** What the member has chosen. */
  #wanted: MicrophoneChoice = { deviceId: null, suppressesNoise: true, cancelsEcho: true };
  /** Microphones that were there without the one that is missed; null while none is. */
  #others: ReadonlySet<string> | null = null;

  constructor(options: {
    microphone: MicrophonePort;
    devices: AudioDevicesPort;
    /** Called with a track to send in place of any earlier one. */
    onTrack: (track: MediaStreamTrack) => void;
    onStatus: (status: MicrophoneStatus) => void;
  }) {
    this.#microphone = options.microphone;
    this.#devices = options.devices;
    this.#onTrack = options.onTrack;
    this.#onStatus = options.onStatus;
    this.#unsubscribe = [
      options.microphone.subscribe(() => void this.#replaceUnplugged()),
      options.devices.subscribe(() => void this.#takeBack()),
    ];
  }

  /** Opens a device. A failure becomes the status; the promise never rejects. */
  async open(choice: MicrophoneChoice): Promise<void> {
    this.#wanted = choice;
    this.#others = null;
    await this.#open(choice);
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
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#microphone.close();
  }

  async #open(choice: MicrophoneChoice): Promise<void> {
    this.#onStatus({ state: "opening" });
    try {
      const track = await this.#microphone.open(choice, this.#closed.signal);
      this.#onTrack(track);
      this.#onStatus({ state: "open" });
    } catch (error) {
      if (isAbort(error)) return;
      const problem = microphoneProblem(error).code;
      this.#onStatus({ state: "unavailable", problem });
      // One that is plugged in later is what the member has been missing.
      if (problem === "no-microphone") this.#others ??= new Set();
    }
  }

  /**
   * Unplugged: people expect the system's choice to take over until it is back. With a headset its
   * headphones are gone, so there may be echo.
   */
  async #replaceUnplugged(): Promise<void> {
    this.#others = await this.#present();
    await this.#open({ ...this.#wanted, deviceId: null, cancelsEcho: true });
  }

  async #takeBack(): Promise<void> {
    if (this.#others === null) return;
    const present = await this.#present();
    const others = this.#others;
    const isBack =
      this.#wanted.deviceId === null
        ? [...present].some((deviceId) => !others.has(deviceId))
        : present.has(this.#wanted.deviceId);
    this.#others = present;
    if (isBack && !this.#closed.signal.aborted) await this.open(this.#wanted);
  }

  async #present(): Promise<ReadonlySet<string>> {
    const { microphones } = await this.#devices.list();
    return new Set(microphones.map(({ deviceId }) => deviceId));
  }
}
