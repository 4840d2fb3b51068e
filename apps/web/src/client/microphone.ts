import { Emitter } from "./emitter";
import { LevelMeter } from "./level-meter";
import { microphoneProblem, requireMediaDevices } from "./microphone-problem";

export type MicrophoneEvent =
  /** The device went away while it was open. */
  { type: "unplugged" };

/** What the room client needs of a microphone. */
export type MicrophonePort = Pick<Microphone, "open" | "level" | "resume" | "subscribe" | "close">;

type MeterFactory = (track: MediaStreamTrack) => Pick<LevelMeter, "level" | "resume" | "close">;

/** One microphone, captured for speech: echo, noise and gain are taken care of by the browser. */
export class Microphone {
  readonly #emitter = new Emitter<MicrophoneEvent>();
  readonly #createMeter: MeterFactory;
  #track: MediaStreamTrack | null = null;
  #meter: ReturnType<MeterFactory> | null = null;
  #attempt = 0;
  #isClosed = false;

  constructor(options: { createMeter?: MeterFactory } = {}) {
    this.#createMeter = options.createMeter ?? ((track) => new LevelMeter(track));
  }

  /**
   * Opens the device with this id, or the system's choice; the one open before is closed. When the
   * wanted device is gone, another one is taken.
   *
   * @throws ProblemError that says why there is no microphone.
   */
  async open(deviceId: string | null, signal?: AbortSignal): Promise<MediaStreamTrack> {
    const attempt = ++this.#attempt;
    let stream: MediaStream;
    try {
      stream = await this.#capture(deviceId);
    } catch (error) {
      throw microphoneProblem(error);
    }
    const [track] = stream.getAudioTracks();
    if (this.#isClosed || signal?.aborted === true || attempt !== this.#attempt) {
      for (const stray of stream.getTracks()) stray.stop();
      throw new DOMException("opening the microphone was overtaken", "AbortError");
    }
    if (track === undefined) {
      throw microphoneProblem(new DOMException("no audio track", "NotFoundError"));
    }
    this.#release();
    this.#track = track;
    this.#meter = this.#createMeter(track);
    track.addEventListener("ended", () => {
      if (this.#track !== track) return;
      this.#release();
      this.#emitter.emit({ type: "unplugged" });
    });
    return track;
  }

  /** How loud the microphone is now, 0 to 1; works while muted. */
  level(): number {
    return this.#meter?.level() ?? 0;
  }

  /** Call from a click: level metering may wait for one. */
  resume(): void {
    this.#meter?.resume();
  }

  subscribe(listener: (event: MicrophoneEvent) => void): () => void {
    return this.#emitter.subscribe(listener);
  }

  close(): void {
    this.#isClosed = true;
    this.#release();
    this.#emitter.clear();
  }

  async #capture(deviceId: string | null): Promise<MediaStream> {
    const devices = requireMediaDevices();
    const wanted: MediaTrackConstraints = {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      channelCount: 1,
    };
    if (deviceId === null) return devices.getUserMedia({ audio: wanted });
    try {
      return await devices.getUserMedia({ audio: { ...wanted, deviceId: { exact: deviceId } } });
    } catch (error) {
      const isGone = error instanceof DOMException && error.name === "OverconstrainedError";
      if (!isGone) throw error;
      return devices.getUserMedia({ audio: wanted });
    }
  }

  #release(): void {
    this.#meter?.close();
    this.#meter = null;
    this.#track?.stop();
    this.#track = null;
  }
}
