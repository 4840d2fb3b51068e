import { loadSpeex, type Speex } from "@parley/audio/resampling/speex";
import type { Clock } from "@parley/shared/async/clock";
import { AppError, errorMessage } from "@parley/shared/errors";
import type { MemberId, RoomId } from "@parley/shared/protocol/ids";
import type { Log } from "../contracts/log";
import type { InferenceWorker } from "../contracts/inference-worker";
import type { MediaEngine, MediaEngineCallName, MediaEngineEvent } from "../contracts/media-engine";
import { CodedWarnings } from "../logging/coded-warnings";
import { MediaCalls } from "./calls/media-calls";
import { LastingCounts } from "./lasting-counts";
import { LoopLag } from "./loop-lag";
import { noDroppedFrames } from "./no-dropped-frames";
import { MediaRoom } from "./sfu/media-room";
import { MediaWorkerPool, type WorkerPoolSettings } from "./sfu/media-worker-pool";
import { defaultTapSettings, type TapSettings } from "./microphone/microphone-tap";
import { TapRegister } from "./microphone/tap-register";
import { RoomAgents } from "./room-agents";
import { WorkerChooser } from "./worker-chooser";

export type EngineSettings = WorkerPoolSettings & {
  /** The inference workers that are known at the start. */
  inferenceWorkers: readonly InferenceWorker[];
  /** The key that workers admit this server by; null where it needs none. */
  inferenceKey: string | null;
  tap?: TapSettings;
};

type RequestOf<Name extends MediaEngineCallName> = Parameters<MediaEngine[Name]>[0];

/** The media engine on mediasoup. It runs in the media thread. */
export class MediasoupEngine implements MediaEngine {
  readonly #settings: EngineSettings;
  readonly #clock: Clock;
  readonly #warnings: CodedWarnings;
  readonly #log: Log;
  readonly #pool: MediaWorkerPool;
  readonly #rooms = new Map<RoomId, Promise<MediaRoom>>();
  readonly #listeners = new Set<(event: MediaEngineEvent) => void>();
  readonly #lag: LoopLag;
  readonly #taps = new TapRegister();
  readonly #dropped = new LastingCounts(noDroppedFrames);
  readonly #workers: WorkerChooser;
  readonly #agents: RoomAgents;
  readonly #calls: MediaCalls;
  #lastEpoch = 0;

  private constructor(settings: EngineSettings, clock: Clock, log: Log, speex: Speex) {
    this.#settings = settings;
    this.#clock = clock;
    this.#log = log;
    this.#warnings = new CodedWarnings(log, clock);
    this.#pool = new MediaWorkerPool(settings, clock, log);
    this.#lag = new LoopLag(clock);
    this.#workers = new WorkerChooser(settings.inferenceWorkers);
    const shared = {
      workers: this.#workers,
      inferenceKey: settings.inferenceKey,
      dropped: this.#dropped,
      speex,
      clock,
    };
    this.#agents = new RoomAgents({
      ...shared,
      warnings: this.#warnings,
      onEvent: (event) => {
        this.#emit(event);
      },
    });
    this.#calls = new MediaCalls({
      ...shared,
      pool: this.#pool,
      taps: this.#taps,
      onEnded: (callId, reason) => {
        this.#emit({ type: "call-ended", callId, reason });
      },
    });
  }

  /** Resolves when rooms can be opened. */
  static async start(settings: EngineSettings, clock: Clock, log: Log): Promise<MediasoupEngine> {
    const engine = new MediasoupEngine(settings, clock, log, await loadSpeex());
    await engine.#pool.start();
    return engine;
  }

  subscribe(listener: (event: MediaEngineEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  status() {
    return Promise.resolve({ isReady: this.#pool.isReady, lagMs: this.#lag.ms });
  }

  async statistics() {
    return {
      ...(await this.status()),
      rooms: this.#rooms.size,
      calls: this.#calls.size,
      microphones: this.#taps.statistics,
      dropped: this.#dropped.totals,
    };
  }

  async openRoom({ roomId }: RequestOf<"openRoom">) {
    let opening = this.#rooms.get(roomId);
    if (opening === undefined) {
      opening = this.#openMediaRoom(roomId);
      this.#rooms.set(roomId, opening);
      opening.catch(() => {
        this.#rooms.delete(roomId);
      });
    }
    const room = await opening;
    return { mediaEpoch: room.mediaEpoch, routerRtpCapabilities: { ...room.rtpCapabilities } };
  }

  async closeRoom({ roomId }: RequestOf<"closeRoom">) {
    // Both maps are cleared before the first await: the same room may be opened again meanwhile.
    const opening = this.#rooms.get(roomId);
    this.#rooms.delete(roomId);
    this.#agents.close(roomId);
    (await opening?.catch(() => null))?.close();
  }

  async removeMember({ roomId, memberId }: RequestOf<"removeMember">) {
    (await this.#rooms.get(roomId)?.catch(() => null))?.removePeer(memberId);
  }

  async createTransport({ roomId, memberId, direction }: RequestOf<"createTransport">) {
    return (await this.#peer(roomId, memberId)).createTransport(direction);
  }

  async connectTransport(request: RequestOf<"connectTransport">) {
    const peer = await this.#peer(request.roomId, request.memberId);
    await peer.connectTransport(request.transportId, request.dtlsParameters);
  }

  async restartIce({ roomId, memberId, transportId }: RequestOf<"restartIce">) {
    return { iceParameters: await (await this.#peer(roomId, memberId)).restartIce(transportId) };
  }

  async produce({ roomId, memberId, transportId, rtpParameters, isMuted }: RequestOf<"produce">) {
    const room = await this.#room(roomId);
    const producer = await room.peer(memberId).produce(transportId, rtpParameters, isMuted);
    await room.tap(memberId, producer);
    return { producerId: producer.id };
  }

  async setMuted({ roomId, memberId, isMuted }: RequestOf<"setMuted">) {
    await (await this.#peer(roomId, memberId)).setMuted(isMuted);
  }

  async consume(request: RequestOf<"consume">) {
    const peer = await this.#peer(request.roomId, request.memberId);
    const { transportId, producerId, rtpCapabilities } = request;
    const consumer = await peer.consume(transportId, producerId, rtpCapabilities);
    return { consumerId: consumer.id, rtpParameters: { ...consumer.rtpParameters } };
  }

  async resumeConsumer({ roomId, memberId, consumerId }: RequestOf<"resumeConsumer">) {
    await (await this.#peer(roomId, memberId)).resumeConsumer(consumerId);
  }

  async produceData(request: RequestOf<"produceData">) {
    const room = await this.#room(request.roomId);
    const peer = room.peer(request.memberId);
    const producer = await peer.produceData(request.transportId, request.sctpStreamParameters);
    await room.readEvents(request.memberId, producer);
    return { dataProducerId: producer.id };
  }

  async consumeData({ roomId, memberId, transportId }: RequestOf<"consumeData">) {
    return (await this.#room(roomId)).consumeEvents(memberId, transportId);
  }

  async publish({ roomId, event }: RequestOf<"publish">) {
    (await this.#rooms.get(roomId)?.catch(() => null))?.publish(event);
  }

  setWorkers({ workers }: RequestOf<"setWorkers">) {
    this.#workers.setWorkers(workers);
    return Promise.resolve();
  }

  async openAgent({ roomId, wish }: RequestOf<"openAgent">) {
    const room = await this.#room(roomId);
    const agent = await this.#agents.open(roomId, wish);
    const voice = await room.produceVoice(agent.voice.ssrc);
    agent.attachVoice(voice.send);
    agent.start();
    return { producerId: voice.id };
  }

  sendToAgent({ roomId, request }: RequestOf<"sendToAgent">) {
    this.#agents.get(roomId)?.send(request);
    return Promise.resolve();
  }

  async closeAgent({ roomId }: RequestOf<"closeAgent">) {
    this.#agents.close(roomId);
    (await this.#rooms.get(roomId)?.catch(() => null))?.closeVoice();
  }

  openCall(request: RequestOf<"openCall">) {
    return this.#calls.open(request);
  }

  closeCall({ callId }: RequestOf<"closeCall">) {
    this.#calls.end(callId);
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#lag.close();
    this.#calls.close();
    this.#agents.closeAll();
    this.#rooms.clear();
    // Routers and everything on them end with their worker.
    this.#pool.close();
    return Promise.resolve();
  }

  async #openMediaRoom(roomId: RoomId): Promise<MediaRoom> {
    const worker = this.#pool.take();
    this.#lastEpoch = Math.max(this.#lastEpoch + 1, Math.floor(this.#clock.now()));
    const context = {
      clock: this.#clock,
      tap: this.#settings.tap ?? defaultTapSettings,
      taps: this.#taps,
      warnings: this.#warnings,
    };
    try {
      const room = await MediaRoom.open(this.#lastEpoch, worker, context, {
        onFrame: (memberId, frame) => this.#agents.get(roomId)?.pushMicrophone(memberId, frame),
        onMemberEvent: (memberId, event) => {
          this.#emit({ type: "member-event", roomId, memberId, event });
        },
        onProducerClosed: (producerId) => {
          this.#emit({ type: "producer-closed", roomId, producerId });
        },
      });
      room.onClose((isLost) => {
        this.#pool.release(worker);
        if (isLost) this.#handleRoomLost(roomId);
      });
      return room;
    } catch (error) {
      this.#pool.release(worker);
      this.#log.error(
        { roomId, reason: errorMessage(error) },
        "a room's media could not be opened",
      );
      throw new AppError("media-unavailable", "The media worker cannot open this room.", {
        cause: error,
        isRetryable: true,
      });
    }
  }

  #handleRoomLost(roomId: RoomId): void {
    this.#rooms.delete(roomId);
    this.#agents.get(roomId)?.attachVoice(null);
    this.#emit({ type: "room-lost", roomId });
  }

  #emit(event: MediaEngineEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  async #room(roomId: RoomId): Promise<MediaRoom> {
    const room = await this.#rooms.get(roomId);
    if (room === undefined || room.isClosed) {
      throw new AppError("media-unavailable", "The room's media is not open.", {
        isRetryable: true,
      });
    }
    return room;
  }

  async #peer(roomId: RoomId, memberId: MemberId) {
    return (await this.#room(roomId)).peer(memberId);
  }
}
