import {
  maxRoomEventBytes,
  memberEventsLabel,
  type MemberEvent,
} from "@parley/shared/protocol/room-event";
import type { MemberId } from "@parley/shared/protocol/ids";
import type { MediaSource } from "@parley/shared/protocol/snapshot";
import { AppError } from "@parley/shared/errors";
import type { types } from "mediasoup-client";
import { Emitter } from "../emitter";
import type { MediaClient, MediaClientEvent, MediaConnection, MediaSession } from "./media-client";
import type { MediaRoute } from "./media-route";
import { loadDevice } from "./mediasoup-device";
import { createTransport } from "./mediasoup-transport";
import { RemoteAudio } from "./remote-audio";
import { soundDelayOf, type SoundDelay } from "./sound-delay";
import type { SignallingClient } from "../signalling/signalling-client";

/** Media client on mediasoup: one transport each way, each with its event channel. */
export class MediasoupMediaClient implements MediaClient {
  readonly #signalling: SignallingClient;
  readonly #emitter = new Emitter<MediaClientEvent>();
  #sending: types.Transport | null = null;
  #receiving: types.Transport | null = null;
  #remote: RemoteAudio | null = null;
  #producer: types.Producer | null = null;
  #channel: types.DataProducer | null = null;
  #connection: MediaConnection | null = null;
  #routes: readonly MediaRoute[] = [];
  #isClosed = false;

  constructor(signalling: SignallingClient) {
    this.#signalling = signalling;
  }

  async start(session: MediaSession, signal: AbortSignal): Promise<void> {
    const device = await loadDevice(session);
    this.#throwIfStopped(signal);
    const iceServers = session.iceServers as unknown as RTCIceServer[];
    const { iceTransportPolicy } = session;
    const common = { device, iceServers, iceTransportPolicy, signalling: this.#signalling, signal };
    const build = (direction: "send" | "receive") => createTransport({ ...common, direction });
    const [{ transport: sending, routes }, { transport: receiving }] = await Promise.all([
      build("send"),
      build("receive"),
    ]);
    this.#routes = routes;
    this.#sending = sending;
    this.#receiving = receiving;
    if (this.#isClosed || signal.aborted) this.#closeTransports();
    this.#throwIfStopped(signal);
    for (const transport of [sending, receiving]) {
      transport.on("connectionstatechange", () => {
        this.#updateConnection();
      });
    }
    this.#remote = new RemoteAudio({
      transport: receiving,
      capabilities: device.recvRtpCapabilities,
      signalling: this.#signalling,
      listener: {
        onTrackAdded: (memberId, track) => {
          this.#emitter.emit({ type: "track-added", memberId, track });
        },
        onTrackRemoved: (memberId) => {
          this.#emitter.emit({ type: "track-removed", memberId });
        },
      },
    });
    await Promise.all([this.#openOwnChannel(sending), this.#openRoomChannel(receiving, signal)]);
  }

  async setMicrophone(track: MediaStreamTrack): Promise<void> {
    if (this.#producer !== null && !this.#producer.closed) {
      await this.#producer.replaceTrack({ track });
      return;
    }
    if (this.#sending === null) throw new AppError("invalid-state", "media is not started");
    this.#producer = await this.#sending.produce({
      track,
      // The microphone outlives transports, and its owner stops it.
      stopTracks: false,
      // Without this a muted microphone keeps sending packets of silence.
      zeroRtpOnPause: true,
      codecOptions: { opusStereo: false, opusFec: true, opusNack: true, opusDtx: false },
    });
  }

  setMuted(isMuted: boolean): void {
    if (this.#producer === null || this.#producer.closed) return;
    if (isMuted) this.#producer.pause();
    else if (this.#producer.paused) this.#producer.resume();
  }

  async setSources(sources: readonly MediaSource[]): Promise<void> {
    await this.#remote?.setSources(sources);
  }

  async addSource(source: MediaSource): Promise<void> {
    await this.#remote?.add(source);
  }

  removeSource(producerId: string): void {
    this.#remote?.remove(producerId);
  }

  send(event: MemberEvent): boolean {
    const channel = this.#channel;
    if (channel === null || channel.closed || channel.readyState !== "open") return false;
    const text = JSON.stringify(event);
    if (new TextEncoder().encode(text).length > maxRoomEventBytes) {
      throw new AppError("frame-too-large", `event of ${text.length} characters`);
    }
    channel.send(text);
    return true;
  }

  async restartIce(signal: AbortSignal): Promise<void> {
    const restart = async (transport: types.Transport | null) => {
      if (transport === null || transport.closed) return;
      const request = { transportId: transport.id };
      const answer = await this.#signalling.request("transport-restart-ice", request, { signal });
      const iceParameters = answer.iceParameters as unknown as types.IceParameters;
      await transport.restartIce({ iceParameters });
    };
    await Promise.all([restart(this.#sending), restart(this.#receiving)]);
  }

  levels(): ReadonlyMap<MemberId, number> {
    return this.#remote?.levels() ?? new Map<MemberId, number>();
  }

  async soundDelay(): Promise<SoundDelay | null> {
    if (this.#sending === null || this.#receiving === null || this.#isClosed) return null;
    const reports = [this.#sending.getStats(), this.#receiving.getStats()] as const;
    const [sending, receiving] = await Promise.all(reports);
    return soundDelayOf(sending, receiving);
  }

  routes(): readonly MediaRoute[] {
    return this.#routes;
  }

  subscribe(listener: (event: MediaClientEvent) => void): () => void {
    return this.#emitter.subscribe(listener);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#remote?.close();
    this.#closeTransports();
    this.#emitter.clear();
  }

  async #openOwnChannel(transport: types.Transport): Promise<void> {
    this.#channel = await transport.produceData({ ordered: true, label: memberEventsLabel });
    const announce = () => {
      this.#emitter.emit({ type: "channel-opened" });
    };
    if (this.#channel.readyState === "open") announce();
    else this.#channel.on("open", announce);
  }

  async #openRoomChannel(transport: types.Transport, signal: AbortSignal): Promise<void> {
    const request = { transportId: transport.id };
    const answer = await this.#signalling.request("data-consume", request, { signal });
    const consumer = await transport.consumeData({
      id: answer.dataConsumerId,
      dataProducerId: answer.dataProducerId,
      label: answer.label,
      protocol: answer.protocol,
      sctpStreamParameters: answer.sctpStreamParameters,
    });
    consumer.on("message", (data: unknown) => {
      this.#emitter.emit({ type: "message-received", data });
    });
    const announce = () => {
      this.#emitter.emit({ type: "room-channel-opened" });
    };
    if (consumer.readyState === "open") announce();
    else consumer.on("open", announce);
  }

  #updateConnection(): void {
    const states = [this.#sending?.connectionState, this.#receiving?.connectionState];
    const connection = states.includes("failed")
      ? "failed"
      : states.includes("disconnected")
        ? "interrupted"
        : states.every((state) => state === "connected")
          ? "connected"
          : null;
    if (connection === null || connection === this.#connection) return;
    this.#connection = connection;
    this.#emitter.emit({ type: "connection-changed", connection });
  }

  #closeTransports(): void {
    this.#sending?.close();
    this.#receiving?.close();
  }

  #throwIfStopped(signal: AbortSignal): void {
    signal.throwIfAborted();
    if (this.#isClosed) throw new AppError("invalid-state", "media is closed");
  }
}
