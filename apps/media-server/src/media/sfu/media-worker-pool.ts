import { isIPv4 } from "node:net";
import { createWorker, type types } from "mediasoup";
import type { Clock } from "@parley/shared/async/clock";
import { AppError, errorMessage } from "@parley/shared/errors";
import type { Log } from "../../contracts/log";
import { nextBackoffMs } from "../backoff";
import { listenInfos, type ListenSettings } from "./listen-infos";

export type MediaWorker = { worker: types.Worker; webRtcServer: types.WebRtcServer };

export type WorkerPoolSettings = ListenSettings & {
  /** Path of mediasoup's worker executable; null for the one in mediasoup's package. */
  workerBin: string | null;
  /** Number of worker processes; worker n listens on `port + n`. */
  workers: number;
};

/** mediasoup's message for a worker that was stopped: "[pid:1, code:0, signal:null]". */
const stoppedMessage = /code:0\b|signal:SIG(?:TERM|INT)\b/u;

/** mediasoup's worker processes: restarts those that die and spreads rooms over them. */
export class MediaWorkerPool {
  readonly #settings: WorkerPoolSettings;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #slots: (MediaWorker | null)[];
  readonly #rooms = new Map<MediaWorker, number>();
  #isClosed = false;

  constructor(settings: WorkerPoolSettings, clock: Clock, log: Log) {
    this.#settings = settings;
    this.#clock = clock;
    this.#log = log;
    this.#slots = Array.from({ length: settings.workers }, () => null);
  }

  /** Starts every worker. Rejects when one cannot be started: retrying would not help. */
  async start(): Promise<void> {
    await Promise.all(this.#slots.map((_, slot) => this.#fill(slot)));
  }

  get isReady(): boolean {
    return this.#slots.some((slot) => slot !== null);
  }

  /** The worker with the fewest rooms; each `take` is followed by one `release`. */
  take(): MediaWorker {
    const [least] = this.#slots
      .filter((slot) => slot !== null)
      .filter(({ worker }) => !worker.died)
      .sort((a, b) => (this.#rooms.get(a) ?? 0) - (this.#rooms.get(b) ?? 0));
    if (least === undefined) {
      throw new AppError("media-unavailable", "The media worker is restarting.", {
        isRetryable: true,
      });
    }
    this.#rooms.set(least, (this.#rooms.get(least) ?? 0) + 1);
    return least;
  }

  release(worker: MediaWorker): void {
    const rooms = this.#rooms.get(worker);
    if (rooms !== undefined) this.#rooms.set(worker, Math.max(0, rooms - 1));
  }

  /** Idempotent. */
  close(): void {
    this.#isClosed = true;
    for (const slot of this.#slots) slot?.worker.close();
    this.#slots.fill(null);
  }

  async #fill(slot: number): Promise<void> {
    const { workerBin, port } = this.#settings;
    const worker = await createWorker({
      logLevel: "error",
      ...(workerBin === null ? {} : { workerBin }),
    });
    if (this.#isClosed) {
      worker.close();
      return;
    }
    const settings = { ...this.#settings, port: port === 0 ? 0 : port + slot };
    const webRtcServer = await this.#listen(worker, listenInfos(settings));
    const entry = { worker, webRtcServer };
    this.#slots[slot] = entry;
    this.#rooms.set(entry, 0);
    worker.on("died", ({ message }) => {
      this.#slots[slot] = null;
      this.#rooms.delete(entry);
      // Ctrl-C signals the whole process group, the workers included: no failure.
      if (stoppedMessage.test(message)) this.#log.info({ slot }, "a media worker was stopped");
      else this.#log.error({ slot, pid: worker.pid, reason: message }, "a media worker died");
      if (!this.#isClosed) this.#refill(slot, 0);
    });
    this.#log.info({ slot, pid: worker.pid }, "a media worker is running");
  }

  /** Without IPv6 where that cannot be bound, as an address that is not confirmed yet. */
  async #listen(
    worker: types.Worker,
    infos: types.TransportListenInfo[],
  ): Promise<types.WebRtcServer> {
    try {
      return await worker.createWebRtcServer({ listenInfos: infos });
    } catch (error) {
      const ipv4 = infos.filter(({ ip }) => isIPv4(ip));
      if (ipv4.length === 0 || ipv4.length === infos.length) throw error;
      this.#log.warn({ reason: errorMessage(error) }, "media does without IPv6");
      return await worker.createWebRtcServer({ listenInfos: ipv4 });
    }
  }

  #refill(slot: number, failures: number): void {
    this.#fill(slot).catch((error: unknown) => {
      if (this.#isClosed) return;
      this.#log.error({ slot, reason: errorMessage(error) }, "a media worker could not be started");
      this.#clock.schedule(nextBackoffMs(failures), () => {
        this.#refill(slot, failures + 1);
      });
    });
  }
}
