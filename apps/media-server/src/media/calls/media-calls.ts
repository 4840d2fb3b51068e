import type { Speex } from "@parley/audio/resampling/speex";
import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import { createVoiceEncoder } from "../../audio/opus-codec";
import type { CallEnd, CallId, CallOffer, CallSession, OpenedCall } from "../../contracts/call";
import type { DroppedFrames } from "../../contracts/media-statistics";
import type { LastingCounts } from "../lasting-counts";
import type { TapRegister } from "../microphone/tap-register";
import type { MediaWorkerPool } from "../sfu/media-worker-pool";
import type { WorkerChooser } from "../worker-chooser";
import { Call } from "./call";
import { openSession } from "./open-session";
import type { RealtimeLink } from "./realtime-link";

/** Limit on opening a call's session: the browser's request waits for it. */
const openMs = 8_000;

export type MediaCallsOptions = {
  pool: MediaWorkerPool;
  workers: WorkerChooser;
  /** The key that both servers share; null where none is needed. */
  inferenceKey: string | null;
  taps: TapRegister;
  dropped: LastingCounts<keyof DroppedFrames>;
  speex: Speex;
  clock: Clock;
  onEnded: (callId: CallId, reason: CallEnd) => void;
};

type OpenCall = { callId: CallId; offer: CallOffer; session: CallSession };

/** The calls of this media thread. */
export class MediaCalls {
  readonly #options: MediaCallsOptions;
  readonly #calls = new Map<CallId, Call>();
  readonly #closing = new AbortController();

  constructor(options: MediaCallsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#calls.size;
  }

  /** @throws AppError as the media engine's contract says */
  async open(request: OpenCall): Promise<OpenedCall> {
    const link = await this.#openLink(request.session);
    try {
      return await this.#begin(request, link);
    } catch (error) {
      link.close();
      throw error;
    }
  }

  /** Hangs up. Idempotent. */
  end(callId: CallId): void {
    this.#calls.get(callId)?.end("hung-up");
  }

  /** Ends all of them at once, and those that are being opened. Idempotent. */
  close(): void {
    this.#closing.abort(unavailable("The media server is stopping."));
    for (const call of [...this.#calls.values()]) call.close();
  }

  async #openLink(session: CallSession): Promise<RealtimeLink> {
    const { workers, inferenceKey, clock } = this.#options;
    const patience = new AbortController();
    const cancel = clock.schedule(openMs, () => {
      patience.abort(unavailable("The inference server does not answer in time."));
    });
    const signal = AbortSignal.any([patience.signal, this.#closing.signal]);
    try {
      return await openSession(workers, { session, inferenceKey, clock, signal });
    } finally {
      cancel();
    }
  }

  async #begin({ callId, offer }: OpenCall, link: RealtimeLink): Promise<OpenedCall> {
    const { pool, taps, dropped, speex, clock, onEnded } = this.#options;
    const encoder = await createVoiceEncoder();
    const worker = pool.take();
    const call = new Call({
      link,
      encoder,
      speex,
      clock,
      onEnded: (reason) => {
        uncount();
        pool.release(worker);
        if (this.#calls.delete(callId)) onEnded(callId, reason);
      },
    });
    const uncount = dropped.add(call);
    this.#calls.set(callId, call);
    try {
      return await call.connect({ worker, offer, taps });
    } catch (error) {
      this.#calls.delete(callId);
      call.close();
      throw error;
    }
  }
}

function unavailable(message: string): AppError {
  return new AppError("agent-unavailable", message, { isRetryable: true });
}
