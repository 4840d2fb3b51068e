import { inspectLocalModel } from "@parley/models/local/inspect-local-model";
import { removeModel } from "@parley/models/local/remove-model";
import type { ModelEntry } from "@parley/models/registry/model-entry";
import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import type { ModelAction, ModelSummary, ModelsOverview } from "@parley/shared/protocol/models-api";
import type { ModelAdministration } from "../contracts/model-administration";
import { ModelTask, type TaskReport } from "./model-task";
import { summarize } from "./summarize";

/** Long-running operations on models; tests replace them. */
export type ModelWork = {
  /** Downloads an entry and the entries that it needs, and converts checkpoints to ONNX. */
  pull(entry: ModelEntry, report: TaskReport, signal: AbortSignal): Promise<void>;
  /** Loads a recogniser by its name ("builtin" included) and makes it the active one. */
  use(name: string, report: TaskReport, signal: AbortSignal): Promise<void>;
};

export type ModelManagerOptions = {
  entries: readonly ModelEntry[];
  /** Models that ship with Parley. */
  shipped: readonly ModelSummary[];
  /** Name of the active recogniser. */
  activeRecognizer: () => string;
  work: ModelWork;
  environment: NodeJS.ProcessEnv;
  clock: Clock;
  log: { error(details: object, message: string): void };
};

/** Downloads, converts, activates and removes models while rooms are in use. */
export class ModelManager implements ModelAdministration {
  readonly #options: ModelManagerOptions;
  /** The latest task of each model, finished or not. */
  readonly #tasks = new Map<string, ModelTask>();
  #isClosed = false;

  constructor(options: ModelManagerOptions) {
    this.#options = options;
  }

  async overview(): Promise<ModelsOverview> {
    const { entries, environment, shipped, activeRecognizer } = this.#options;
    const active = activeRecognizer();
    const known = await Promise.all(
      entries.map(async (entry) =>
        summarize(
          await inspectLocalModel(entry, environment),
          this.#tasks.get(entry.name) ?? null,
          entry.name === active,
        ),
      ),
    );
    const own = shipped.map((model) => this.#shippedNow(model, active));
    return { models: [...own, ...known] };
  }

  async act(name: string, action: ModelAction): Promise<ModelsOverview> {
    if (this.#isClosed) throw new AppError("invalid-state", "The server is stopping.");
    const model = (await this.overview()).models.find((candidate) => candidate.name === name);
    if (model === undefined) throw new AppError("not-found", `there is no model ${name}`);
    switch (action) {
      case "pull":
        this.#pull(model);
        break;
      case "cancel":
        await this.#tasks.get(name)?.cancel();
        break;
      case "use":
        this.#use(model);
        break;
      case "remove":
        await this.#remove(model);
        break;
    }
    return await this.overview();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#tasks.values()].map((task) => task.cancel()));
  }

  #pull({ name, isShipped }: ModelSummary): void {
    if (isShipped || this.#isBusy(name)) return;
    const entry = this.#entry(name);
    this.#start(name, (report, signal) => this.#options.work.pull(entry, report, signal));
  }

  #use({ name, isUsable, isActive }: ModelSummary): void {
    if (isActive || this.#isBusy(name)) return;
    if (!isUsable) {
      throw new AppError("invalid-state", `${name} is not on this machine, or is not a recogniser`);
    }
    // One recogniser loads at a time: the latest request wins.
    for (const task of this.#tasks.values()) if (task.state === "loading") void task.cancel();
    this.#start(name, async (report, signal) => {
      report.enter("loading");
      await this.#options.work.use(name, report, signal);
    });
  }

  async #remove({ name, isShipped, isActive }: ModelSummary): Promise<void> {
    if (isShipped) throw new AppError("invalid-state", `${name} ships with Parley`);
    if (isActive) throw new AppError("invalid-state", `${name} is in use; choose another first`);
    await this.#tasks.get(name)?.cancel();
    this.#tasks.delete(name);
    const { environment, clock } = this.#options;
    const { signal } = new AbortController();
    await removeModel(this.#entry(name), environment, { clock, signal });
  }

  #start(name: string, run: (report: TaskReport, signal: AbortSignal) => Promise<void>): void {
    const { clock, log } = this.#options;
    const task = new ModelTask(clock, run, (error) => {
      log.error({ model: name, error }, "work on a model failed");
    });
    this.#tasks.set(name, task);
  }

  #isBusy(name: string): boolean {
    return (this.#tasks.get(name)?.state ?? null) !== null;
  }

  #entry(name: string): ModelEntry {
    const entry = this.#options.entries.find((candidate) => candidate.name === name);
    if (entry === undefined) throw new AppError("not-found", `there is no model ${name}`);
    return entry;
  }

  #shippedNow(model: ModelSummary, active: string): ModelSummary {
    if (model.job !== "hear") return model;
    const task = this.#tasks.get(model.name);
    return {
      ...model,
      isActive: model.name === active,
      state: task?.state ?? (task?.problem == null ? "ready" : "failed"),
      problem: task?.problem ?? null,
    };
  }
}
