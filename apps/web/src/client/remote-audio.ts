import type { MemberId } from "@parley/shared/protocol/ids";
import type { MediaSource } from "@parley/shared/protocol/snapshot";
import type { types } from "mediasoup-client";
import { audioLevel } from "./audio-level";
import type { SignallingClient } from "./signalling-client";

/** A level older than this belongs to sound that has ended. */
const levelAgeMs = 400;

type RemoteVoice = { memberId: MemberId; consumer: types.Consumer | null };

export type RemoteAudioListener = {
  onTrackAdded(memberId: MemberId, track: MediaStreamTrack): void;
  onTrackRemoved(memberId: MemberId): void;
};

/** The voices received over one transport. */
export class RemoteAudio {
  readonly #transport: types.Transport;
  readonly #capabilities: types.RtpCapabilities;
  readonly #signalling: SignallingClient;
  readonly #listener: RemoteAudioListener;
  readonly #voices = new Map<string, RemoteVoice>();

  constructor(options: {
    transport: types.Transport;
    capabilities: types.RtpCapabilities;
    signalling: SignallingClient;
    listener: RemoteAudioListener;
  }) {
    this.#transport = options.transport;
    this.#capabilities = options.capabilities;
    this.#signalling = options.signalling;
    this.#listener = options.listener;
  }

  /** Receives exactly these. */
  async setSources(sources: readonly MediaSource[]): Promise<void> {
    const wanted = new Set(sources.map((source) => source.producerId));
    for (const producerId of [...this.#voices.keys()]) {
      if (!wanted.has(producerId)) this.remove(producerId);
    }
    await Promise.all(sources.map((source) => this.add(source)));
  }

  /** A source that vanished in the meantime is left out quietly. */
  async add(source: MediaSource): Promise<void> {
    if (this.#voices.has(source.producerId)) return;
    const voice: RemoteVoice = { memberId: source.memberId, consumer: null };
    this.#voices.set(source.producerId, voice);
    try {
      await this.#consume(source, voice);
    } catch {
      // The next snapshot offers it again if it is still there.
      if (this.#voices.get(source.producerId) === voice) this.remove(source.producerId);
    }
  }

  remove(producerId: string): void {
    const voice = this.#voices.get(producerId);
    if (voice === undefined) return;
    this.#voices.delete(producerId);
    if (voice.consumer === null) return;
    voice.consumer.close();
    this.#listener.onTrackRemoved(voice.memberId);
  }

  /** How loud each member is now, as their own browsers measured it. */
  levels(): ReadonlyMap<MemberId, number> {
    const levels = new Map<MemberId, number>();
    // The stamps of sources count from the time origin of the page or of 1970, by browser.
    for (const { memberId, consumer } of this.#voices.values()) {
      const [latest] = consumer?.rtpReceiver?.getSynchronizationSources() ?? [];
      if (latest === undefined || consumer?.track.enabled !== true) continue;
      const ageMs = Math.min(
        Math.abs(performance.timeOrigin + performance.now() - latest.timestamp),
        Math.abs(performance.now() - latest.timestamp),
      );
      levels.set(memberId, ageMs > levelAgeMs ? 0 : audioLevel(latest.audioLevel ?? 0));
    }
    return levels;
  }

  close(): void {
    for (const producerId of [...this.#voices.keys()]) this.remove(producerId);
  }

  async #consume(source: MediaSource, voice: RemoteVoice): Promise<void> {
    const answer = await this.#signalling.request("media-consume", {
      transportId: this.#transport.id,
      producerId: source.producerId,
      rtpCapabilities: { ...this.#capabilities },
    });
    const consumer = await this.#transport.consume({
      id: answer.consumerId,
      producerId: answer.producerId,
      kind: "audio",
      rtpParameters: answer.rtpParameters as unknown as types.RtpParameters,
      // One stream each: members in one stream would be kept in step with each other.
      streamId: answer.memberId,
    });
    if (this.#voices.get(source.producerId) !== voice) {
      consumer.close();
      return;
    }
    voice.consumer = consumer;
    this.#listener.onTrackAdded(source.memberId, consumer.track);
    await this.#signalling.request("media-resume", { consumerId: answer.consumerId });
  }
}
