import type { AudioDevices, AudioDevicesPort } from "../sound/audio-devices";
import { Emitter } from "../emitter";

/** Audio devices that tests plug in and out. */
export class FakeAudioDevices implements AudioDevicesPort {
  readonly #emitter = new Emitter<null>();
  #microphones: readonly string[] = ["built-in"];

  /** Leaves exactly these microphones, and tells of the change. */
  plug(...microphones: string[]): void {
    this.#microphones = microphones;
    this.#emitter.emit(null);
  }

  list(): Promise<AudioDevices> {
    const microphones = this.#microphones.map((deviceId) => ({ deviceId, label: deviceId }));
    return Promise.resolve({ microphones, speakers: [] });
  }

  subscribe(callback: () => void): () => void {
    return this.#emitter.subscribe(callback);
  }
}
