import { Emitter } from "../emitter";
import { LevelMeter } from "./level-meter";
import { microphoneProblem, requireMediaDevices } from "./microphone-problem";

export type MicrophoneEvent =
  /** The open device was unplugged. */
  { type: "unplugged" };

/** Microphone as the room client needs it; tests put a fake in its place. */
export type MicrophonePort = Pick<Microphone, "open" | "level" | "resume" | "subscribe" | "close">;

/** Microphone that somebody chose. */
export type MicrophoneChoice = {
  /** Null for the system's choice. */
  deviceId: string | null;
  /** Whether the browser takes noise away; off for music, or where a headset does it already. */
  suppressesNoise: boolean;
  /**
   * Whether the browser takes the sound that it plays out of the microphone's; off with headphones. A
   * canceller that finds no echo learns for some six seconds of the agent's voice, and until then also
   * swallows whoever speaks over it: by 60 dB in Chromium 156.
   */
  cancelsEcho: boolean;
};

type MeterFactory = (track: MediaStreamTrack) => Pick<LevelMeter, "level" | "resume" | "close">;

/** Microphone captured for speech: the browser handles gain, and echo and noise unless told not to. */
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
   * Opens the device that was chosen, or the system's choice, and closes the one open before. Falls
   * back to the system's choice when that device is gone.
   *
   * @throws ProblemError with the reason why there is no microphone.
   */
  async open(choice: MicrophoneChoice, signal?: AbortSignal): Promise<MediaStreamTrack> {
    const attempt = ++this.#attempt;
    let stream: MediaStream;
    try {
      stream = await this.#capture(choice);
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

  /** Current level, 0 to 1; works while muted. */
  level(): number {
    return this.#meter?.level() ?? 0;
  }

  /** Starts level metering where the browser waits for a click. Call from a click. */
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

  async #capture({
    deviceId,
    suppressesNoise,
    cancelsEcho,
  }: MicrophoneChoice): Promise<MediaStream> {
    const devices = requireMediaDevices();
    const wanted: MediaTrackConstraints = {
      echoCancellation: cancelsEcho,
      noiseSuppression: suppressesNoise,
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
