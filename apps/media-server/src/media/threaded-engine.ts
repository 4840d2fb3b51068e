import type { Clock } from "@parley/shared/async/clock";
import { AppError, fromWireError } from "@parley/shared/errors";
import type { RoomId } from "@parley/shared/protocol/ids";
import type { Log } from "../contracts/log";
import type {
  MediaEngine,
  MediaEngineCallName,
  MediaEngineCalls,
  MediaEngineEvent,
} from "../contracts/media-engine";
import { nextBackoffMs } from "./backoff";
import { PendingCalls } from "./pending-calls";
import { startMediaThread, type MediaThread } from "./start-media-thread";
import type { ThreadNotice, ThreadSettings } from "./thread-messages";

/** The thread gets this long to end its workers before it is ended itself. */
const closeMs = 1_500;

/**
 * Stands in the main thread for the engine in the media thread. When the thread dies it is started
 * again, and every room that was open is reported lost.
 */
export class ThreadedEngine {
  readonly #settings: ThreadSettings;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #calls: PendingCalls;
  readonly #openRooms = new Set<RoomId>();
  readonly #listeners = new Set<(event: MediaEngineEvent) => void>();
  #thread: MediaThread | null = null;
  #hasStarted = false;
  #failures = 0;
  #isClosed = false;
  #onStarted: ((failure: string | null) => void) | null = null;
  #onExit: (() => void) | null = null;

  private constructor(settings: ThreadSettings, clock: Clock, log: Log) {
    this.#settings = settings;
    this.#clock = clock;
    this.#log = log;
    this.#calls = new PendingCalls(clock);
  }

  /** Resolves when rooms can be opened; rejects when the engine cannot be started at all. */
  static async start(settings: ThreadSettings, clock: Clock, log: Log): Promise<MediaEngine> {
    const proxy = new ThreadedEngine(settings, clock, log);
    const failure = await new Promise<string | null>((resolve) => {
      proxy.#onStarted = resolve;
      proxy.#spawn();
    });
    if (failure !== null) {
      await proxy.#close();
      throw new AppError("media-unavailable", `the media engine cannot start: ${failure}`);
    }
    return proxy.#toEngine();
  }

  #toEngine(): MediaEngine {
    const forward =
      <Name extends MediaEngineCallName>(name: Name) =>
      (request: Parameters<MediaEngineCalls[Name]>[0]) =>
        this.#call(name, request) as ReturnType<MediaEngineCalls[Name]>;
    return {
      openRoom: async (request) => {
        const opened = await forward("openRoom")(request);
        this.#openRooms.add(request.roomId);
        return opened;
      },
      closeRoom: async (request) => {
        this.#openRooms.delete(request.roomId);
        await forward("closeRoom")(request);
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
      openAgent: forward("openAgent"),
      sendToAgent: forward("sendToAgent"),
      closeAgent: forward("closeAgent"),
      status: async (request) =>
        this.#hasStarted ? forward("status")(request) : { isReady: false },
      subscribe: (listener) => {
        this.#listeners.add(listener);
        return () => {
          this.#listeners.delete(listener);
        };
      },
      close: () => this.#close(),
    };
  }

  #call(name: MediaEngineCallName, payload: unknown): Promise<unknown> {
    const thread = this.#thread;
    if (thread === null || !this.#hasStarted) {
      return Promise.reject(
        new AppError("media-unavailable", "The media engine is restarting.", {
          isRetryable: true,
        }),
      );
    }
    return this.#calls.open((id) => {
      thread.send({ type: "call", id, name, payload });
    });
  }

  #spawn(): void {
    this.#thread = startMediaThread(this.#settings, {
      onNotice: (notice) => {
        this.#take(notice);
      },
      onExit: () => {
        this.#lose();
      },
    });
  }

  #take(notice: ThreadNotice): void {
    switch (notice.type) {
      case "started":
        this.#hasStarted = true;
        this.#failures = 0;
        this.#onStarted?.(null);
        this.#onStarted = null;
        break;
      case "failed":
        this.#log.error({ reason: notice.reason }, "the media thread failed");
        this.#onStarted?.(notice.reason);
        this.#onStarted = null;
        break;
      case "result":
        this.#calls.resolve(notice.id, notice.value);
        break;
      case "error":
        this.#calls.reject(notice.id, fromWireError(notice.error));
        break;
      case "event":
        if (notice.event.type === "room-lost") this.#openRooms.delete(notice.event.roomId);
        this.#emit(notice.event);
        break;
      case "log":
        this.#log[notice.level](notice.fields, notice.message);
        break;
      case "closed":
        break;
    }
  }

  #lose(): void {
    this.#thread = null;
    this.#hasStarted = false;
    this.#onExit?.();
    this.#onStarted?.("the media thread ended");
    this.#calls.rejectAll(
      new AppError("media-unavailable", "The media engine ended.", { isRetryable: true }),
    );
    if (this.#isClosed) return;
    this.#log.error({}, "the media thread ended; it is started again");
    const lost = [...this.#openRooms];
    this.#openRooms.clear();
    this.#clock.schedule(nextBackoffMs(this.#failures), () => {
      if (!this.#isClosed) this.#spawn();
    });
    this.#failures += 1;
    for (const roomId of lost) {
      this.#emit({ type: "link-lost", roomId, error: null });
      this.#emit({ type: "room-lost", roomId });
    }
  }

  #emit(event: MediaEngineEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  async #close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const thread = this.#thread;
    if (thread === null) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.schedule(closeMs, () => {
        thread.terminate();
      });
      this.#onExit = () => {
        cancel();
        resolve();
      };
      thread.send({ type: "close" });
    });
  }
}
