import type { MemberId } from "@parley/shared/protocol/ids";
import type { MediaSource } from "@parley/shared/protocol/snapshot";
import type { types } from "mediasoup-client";
import { meterLevel } from "../sound/meter-level";
import type { SignallingClient } from "../signalling/signalling-client";

/** Age from which a level is stale: its audio has ended. */
const levelAgeMs = 400;

type RemoteSource = { memberId: MemberId; consumer: types.Consumer | null };

export type RemoteAudioListener = {
  onTrackAdded(memberId: MemberId, track: MediaStreamTrack): void;
  onTrackRemoved(memberId: MemberId): void;
};

/** Audio of the other members, received over one transport. */
export class RemoteAudio {
  readonly #transport: types.Transport;
  readonly #capabilities: types.RtpCapabilities;
  readonly #signalling: SignallingClient;
  readonly #listener: RemoteAudioListener;
  readonly #sources = new Map<string, RemoteSource>();

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

  /** Receives exactly these sources: consumes new ones and drops the others. */
  async setSources(sources: readonly MediaSource[]): Promise<void> {
    const wanted = new Set(sources.map((source) => source.producerId));
    for (const producerId of [...this.#sources.keys()]) {
      if (!wanted.has(producerId)) this.remove(producerId);
    }
    await Promise.all(sources.map((source) => this.add(source)));
  }

  /** Consumes a source. One that has vanished meanwhile is skipped. */
  async add(source: MediaSource): Promise<void> {
    if (this.#sources.has(source.producerId)) return;
    const remote: RemoteSource = { memberId: source.memberId, consumer: null };
    this.#sources.set(source.producerId, remote);
    try {
      await this.#consume(source, remote);
    } catch {
      // The next snapshot lists the source again if it still exists.
      if (this.#sources.get(source.producerId) === remote) this.remove(source.producerId);
    }
  }

  remove(producerId: string): void {
    const remote = this.#sources.get(producerId);
    if (remote === undefined) return;
    this.#sources.delete(producerId);
    if (remote.consumer === null) return;
    remote.consumer.close();
    this.#listener.onTrackRemoved(remote.memberId);
  }

  /** Current level of each member, 0 to 1, as measured by their own browsers. */
  levels(): ReadonlyMap<MemberId, number> {
    const levels = new Map<MemberId, number>();
    // Timestamps of sources count from the time origin of the page or from 1970, by browser.
    for (const { memberId, consumer } of this.#sources.values()) {
      const [latest] = consumer?.rtpReceiver?.getSynchronizationSources() ?? [];
      if (latest === undefined || consumer?.track.enabled !== true) continue;
      const ageMs = Math.min(
        Math.abs(performance.timeOrigin + performance.now() - latest.timestamp),
        Math.abs(performance.now() - latest.timestamp),
      );
      levels.set(memberId, ageMs > levelAgeMs ? 0 : meterLevel(latest.audioLevel ?? 0));
    }
    return levels;
  }

  close(): void {
    for (const producerId of [...this.#sources.keys()]) this.remove(producerId);
  }

  async #consume(source: MediaSource, remote: RemoteSource): Promise<void> {
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
      // One stream each: browsers synchronise the tracks of one stream with each other.
      streamId: answer.memberId,
    });
    if (this.#sources.get(source.producerId) !== remote) {
      consumer.close();
      return;
    }
    remote.consumer = consumer;
    this.#listener.onTrackAdded(source.memberId, consumer.track);
    await this.#signalling.request("media-resume", { consumerId: answer.consumerId });
  }
}
