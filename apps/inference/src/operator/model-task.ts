import type { Clock } from "@parley/shared/async/clock";
import { AppError, errorMessage } from "@parley/shared/errors";
import type { ModelProgress, ModelState } from "@parley/shared/protocol/models-api";
import { SpeedMeter } from "@parley/models/speed-meter";

export type TaskState = Extract<ModelState, "pulling" | "converting" | "loading">;

/** Progress reports of a running task. */
export type TaskReport = {
  enter(state: TaskState): void;
  progress(doneBytes: number, totalBytes: number | null): void;
  /** What hinders the work, for people; it is forgotten at the next progress. */
  hindered(notice: string): void;
};

/** A running or finished operation on a model, with its progress. */
export class ModelTask {
  readonly #clock: Clock;
  readonly #controller = new AbortController();
  /** Resolves when the task has ended, also after a failure. */
  readonly settled: Promise<void>;
  #state: TaskState = "pulling";
  #isRunning = true;
  #problem: string | null = null;
  #notice: string | null = null;
  #bytes: Pick<ModelProgress, "doneBytes" | "totalBytes"> | null = null;
  #speed = new SpeedMeter();

  constructor(
    clock: Clock,
    run: (report: TaskReport, signal: AbortSignal) => Promise<void>,
    onFailed: (error: unknown) => void,
  ) {
    this.#clock = clock;
    const report: TaskReport = {
      enter: (state) => {
        this.#state = state;
        this.#notice = null;
        this.#bytes = null;
        this.#speed = new SpeedMeter();
      },
      progress: (doneBytes, totalBytes) => {
        this.#notice = null;
        this.#bytes = { doneBytes, totalBytes };
        this.#speed.note(doneBytes, this.#clock.now());
      },
      hindered: (notice) => {
        this.#notice = notice;
      },
    };
    const { signal } = this.#controller;
    this.settled = run(report, signal)
      .catch((error: unknown) => {
        if (signal.aborted) return;
        // The text of an unexpected error may hold anything, so it goes to the log only.
        this.#problem = error instanceof AppError ? errorMessage(error) : "It failed unexpectedly.";
        onFailed(error);
      })
      .finally(() => {
        this.#isRunning = false;
      });
  }

  /** Null once the task has ended. */
  get state(): TaskState | null {
    return this.#isRunning ? this.#state : null;
  }

  /** Reason of a failure; null without one. */
  get problem(): string | null {
    return this.#problem;
  }

  /** What hinders the running task; null where nothing does. */
  get notice(): string | null {
    return this.#isRunning ? this.#notice : null;
  }

  get progress(): ModelProgress | null {
    if (!this.#isRunning || this.#bytes === null) return null;
    return { ...this.#bytes, bytesPerSecond: this.#speed.speed };
  }

  /** Aborts the task; resolves once it has ended. */
  async cancel(): Promise<void> {
    this.#controller.abort(new AppError("invalid-state", "cancelled"));
    await this.settled;
  }
}
