import type { Clock } from "@parley/shared/async/clock";
import { AppError, errorMessage } from "@parley/shared/errors";
import type { RoomId } from "@parley/shared/protocol/ids";
import type { ReplyOf, RequestOf } from "@parley/threads/calls";
import { launchThread } from "@parley/threads/launch/launch-thread";
import { threadEntry } from "@parley/threads/launch/thread-entry";
import { ThreadClient } from "@parley/threads/thread-client";
import type { CallId } from "../../contracts/call";
import type { Log } from "../../contracts/log";
import type {
  MediaEngine,
  MediaEngineCallName,
  MediaEngineCalls,
  MediaEngineEvent,
} from "../../contracts/media-engine";
import { nextBackoffMs } from "../backoff";
import type { MediaThreadEvent, MediaThreadSettings } from "./media-thread";

/** The thread gets this long to end its workers before it is ended itself. */
const closeMs = 1_500;
/** Far above the slowest call; later than this the answer is lost. */
const callLimitMs = 10_000;

type MediaThreadClient = ThreadClient<MediaEngineCalls, MediaThreadEvent>;

/**
 * The media engine as the main thread sees it: every call goes to the media thread. When that
 * thread dies it is started again, and every room that was open is reported lost.
 */
export class ThreadedEngine {
  readonly #log: Log;
  readonly #openRooms = new Set<RoomId>();
  readonly #openCalls = new Set<CallId>();
  readonly #listeners = new Set<(event: MediaEngineEvent) => void>();
  #workers: RequestOf<MediaEngineCalls, "setWorkers"> | null = null;
  /** The life of the thread that was told of them. */
  #toldLife = 0;

  /** Resolves when rooms can be opened; rejects when the engine cannot be started at all. */
  static async start(settings: MediaThreadSettings, clock: Clock, log: Log): Promise<MediaEngine> {
    const engine = new ThreadedEngine(log);
    try {
      return engine.#toEngine(await engine.#openThread(settings, clock));
    } catch (error) {
      const { cause } = error as Error;
      const reason = errorMessage(cause ?? error);
      throw new AppError("media-unavailable", `the media engine cannot start: ${reason}`, {
        cause: error,
      });
    }
  }

  private constructor(log: Log) {
    this.#log = log;
  }

  #openThread(settings: MediaThreadSettings, clock: Clock): Promise<MediaThreadClient> {
    return ThreadClient.open<MediaEngineCalls, MediaThreadEvent>({
      name: "media engine",
      launch: launchThread({
        entry: threadEntry(import.meta.url, "./media.thread.ts"),
        settings,
        name: "media",
      }),
      restart: { delayMs: nextBackoffMs },
      silenceLimitMs: null,
      callLimitMs,
      unavailableCode: "media-unavailable",
      graceMs: closeMs,
      clock,
      onEvent: (event) => {
        this.#receive(event);
      },
      onLost: (reason) => {
        this.#reportLost(reason);
      },
    });
  }

  #toEngine(thread: MediaThreadClient): MediaEngine {
    const forward =
      <Name extends MediaEngineCallName>(name: Name) =>
      (request: RequestOf<MediaEngineCalls, Name>): Promise<ReplyOf<MediaEngineCalls, Name>> =>
        thread.call(name, request);
    return {
      openRoom: async (request) => {
        await this.#retellWorkers(thread);
        const opened = await thread.call("openRoom", request);
        this.#openRooms.add(request.roomId);
        return opened;
      },
      closeRoom: async (request) => {
        this.#openRooms.delete(request.roomId);
        await thread.call("closeRoom", request);
      },
      removeMember: forward("removeMember"),
      createTransport: forward("createTransport"),
      connectTransport: forward("connectTransport"),
      restartIce: forward("restartIce"),
      produce: forward("produce"),
      setMuted: forward("setMuted"),
      consume: forward("consume"),
      resumeConsumer: forward("resumeConsumer"),
      produceData: forward("produceData"),
      consumeData: forward("consumeData"),
      publish: forward("publish"),
      setWorkers: async (workers) => {
        this.#workers = workers;
        if (thread.isReady) await this.#tellWorkers(thread, workers);
      },
      openAgent: forward("openAgent"),
      sendToAgent: forward("sendToAgent"),
      closeAgent: forward("closeAgent"),
      openCall: async (request) => {
        await this.#retellWorkers(thread);
        this.#openCalls.add(request.callId);
        try {
          return await thread.call("openCall", request);
        } catch (error) {
          this.#openCalls.delete(request.callId);
          // One whose answer was late must not stay.
          void thread.call("closeCall", request).catch(() => undefined);
          throw error;
        }
      },
      closeCall: forward("closeCall"),
      status: async (request) =>
        thread.isReady ? thread.call("status", request) : { isReady: false, lagMs: 0 },
      statistics: forward("statistics"),
      subscribe: (listener) => {
        this.#listeners.add(listener);
        return () => {
          this.#listeners.delete(listener);
        };
      },
      close: () => thread.close(),
    };
  }

  /** A fresh thread knows the workers of the server's start. */
  async #retellWorkers(thread: MediaThreadClient): Promise<void> {
    if (this.#workers === null || thread.life === this.#toldLife) return;
    await this.#tellWorkers(thread, this.#workers);
  }

  async #tellWorkers(
    thread: MediaThreadClient,
    workers: RequestOf<MediaEngineCalls, "setWorkers">,
  ): Promise<void> {
    await thread.call("setWorkers", workers);
    this.#toldLife = thread.life;
  }

  #receive(event: MediaThreadEvent): void {
    switch (event.type) {
      case "log":
        this.#log[event.level](event.fields, event.message);
        break;
      case "engine":
        if (event.event.type === "room-lost") this.#openRooms.delete(event.event.roomId);
        if (event.event.type === "call-ended") this.#openCalls.delete(event.event.callId);
        this.#emit(event.event);
        break;
    }
  }

  #reportLost(reason: AppError): void {
    const fields = { reason: errorMessage(reason.cause ?? reason) };
    this.#log.error(fields, "the media thread ended; it is started again");
    const lost = [...this.#openRooms];
    this.#openRooms.clear();
    for (const roomId of lost) {
      this.#emit({ type: "link-lost", roomId, error: null, replayedMembers: [] });
      this.#emit({ type: "room-lost", roomId });
    }
    const calls = [...this.#openCalls];
    this.#openCalls.clear();
    for (const callId of calls) this.#emit({ type: "call-ended", callId, reason: "media-lost" });
  }

  #emit(event: MediaEngineEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
