import type { HubInquiry } from "@parley/models/hub/hub-inquiry";
import { removeModel } from "@parley/models/local/remove-model";
import { type ModelVariant, readVariant } from "@parley/models/model-variant";
import type { ModelEntry } from "@parley/models/registry/model-entry";
import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import type { ToolSetSummary } from "@parley/shared/protocol/tool-use";
import type { EngineHouse } from "@parley/shared/protocol/house-api";
import type {
  ModelAction,
  ModelJob,
  ModelSummary,
  ModelsOverview,
} from "@parley/shared/protocol/models-api";
import type { ModelAdministration } from "../contracts/model-administration";
import type { DeviceUse } from "./device-use";
import { houseOf } from "./house-of";
import { ModelTask, type TaskReport } from "./model-task";
import { readOverview, type OverviewSources } from "./read-overview";

/** A model of the registry, or one that comes with Parley. */
export type UsedVariant = ModelVariant & { job: ModelJob };

/** Long-running operations on models; tests replace them. */
export type ModelWork = {
  /** Downloads an entry and the entries that it needs, and converts checkpoints to ONNX. */
  pull(
    entry: ModelEntry,
    precision: ModelVariant["precision"],
    report: TaskReport,
    signal: AbortSignal,
  ): Promise<void>;
  /** Loads a model, those that come with Parley included, and makes it the active one of its job. */
  use(variant: UsedVariant, report: TaskReport, signal: AbortSignal): Promise<void>;
};

export type ModelManagerOptions = Omit<OverviewSources, "tasks"> & {
  inquiry: Pick<HubInquiry, "known" | "state" | "ask" | "close">;
  /** Voices of what speaks now. */
  voices: () => readonly string[];
  /** Languages of what speaks now. */
  languages: () => readonly string[];
  /** Sets of tools that an agent can be given. */
  tools: readonly ToolSetSummary[];
  work: ModelWork;
  clock: Clock;
  log: { error(details: object, message: string): void };
};

/** Downloads, converts, activates and removes models while rooms are in use. */
export class ModelManager implements ModelAdministration {
  readonly #options: ModelManagerOptions;
  /** The latest task of each model, finished or not. */
  readonly #tasks = new Map<string, ModelTask>();
  /** Jobs of models that have a task. */
  readonly #jobs = new Map<string, ModelJob>();
  #isClosed = false;

  constructor(options: ModelManagerOptions) {
    this.#options = options;
  }

  /** What the models in use compute on. */
  get devices(): readonly DeviceUse[] {
    return this.#options.devices();
  }

  async overview(): Promise<ModelsOverview> {
    const { inquiry, entries } = this.#options;
    if (!this.#isClosed) await inquiry.ask(entries);
    return await this.#read();
  }

  async house(): Promise<EngineHouse> {
    const { voices, languages, tools } = this.#options;
    return houseOf(await this.#read(), { voices: voices(), languages: languages() }, tools);
  }

  async act(target: string, action: ModelAction): Promise<ModelsOverview> {
    if (this.#isClosed) throw new AppError("invalid-state", "The server is stopping.");
    const variant = readVariant(target);
    const { name } = variant;
    const { models } = await this.#read();
    const model = models.find((candidate) => candidate.name === name);
    if (model === undefined) throw new AppError("not-found", `there is no model ${name}`);
    switch (action) {
      case "pull":
        this.#pull(model, variant, false);
        break;
      case "adopt":
        this.#pull(model, variant, true);
        break;
      case "cancel":
        await this.#tasks.get(name)?.cancel();
        break;
      case "use":
        this.#use(model, variant);
        break;
      case "remove":
        await this.#remove(model);
        break;
    }
    return await this.overview();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const tasks = [...this.#tasks.values()].map((task) => task.cancel());
    await Promise.all([...tasks, this.#options.inquiry.close()]);
  }

  #read(): Promise<ModelsOverview> {
    return readOverview({ ...this.#options, tasks: this.#tasks });
  }

  #pull(model: ModelSummary, variant: ModelVariant, isToBeUsed: boolean): void {
    const { name, job, isShipped, usage } = model;
    if (isShipped || this.#isBusy(name)) return;
    if (isToBeUsed && usage !== "live") throw notUsable(name);
    const entry = this.#entry(name);
    const { work } = this.#options;
    this.#start(model, async (report, signal) => {
      await work.pull(entry, variant.precision, report, signal);
      if (isToBeUsed) await this.#load({ ...variant, job }, report, signal);
    });
  }

  #use(model: ModelSummary, variant: ModelVariant): void {
    const { name, job, state, usage, isActive, activePrecision } = model;
    if (this.#isBusy(name)) return;
    if (isActive && (variant.precision === null || variant.precision === activePrecision)) {
      this.#giveUpLoading(job);
      return;
    }
    if (usage !== "live" || state === "absent") throw notUsable(name);
    this.#start(model, (report, signal) => this.#load({ ...variant, job }, report, signal));
  }

  async #load(variant: UsedVariant, report: TaskReport, signal: AbortSignal): Promise<void> {
    this.#giveUpLoading(variant.job, variant.name);
    report.enter("loading");
    await this.#options.work.use(variant, report, signal);
  }

  /** One model of a job loads at a time, and the latest request wins. */
  #giveUpLoading(job: ModelJob, except?: string): void {
    for (const [name, task] of this.#tasks) {
      if (name === except || this.#jobs.get(name) !== job) continue;
      if (task.state === "loading") void task.cancel();
    }
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

  #start(
    { name, job }: ModelSummary,
    run: (report: TaskReport, signal: AbortSignal) => Promise<void>,
  ): void {
    const { clock, log } = this.#options;
    const task = new ModelTask(clock, run, (error) => {
      log.error({ model: name, error }, "work on a model failed");
    });
    this.#tasks.set(name, task);
    this.#jobs.set(name, job);
  }

  #isBusy(name: string): boolean {
    return (this.#tasks.get(name)?.state ?? null) !== null;
  }

  #entry(name: string): ModelEntry {
    const entry = this.#options.entries.find((candidate) => candidate.name === name);
    if (entry === undefined) throw new AppError("not-found", `there is no model ${name}`);
    return entry;
  }
}

function notUsable(name: string): AppError {
  return new AppError(
    "invalid-state",
    `${name} is not on this machine, or cannot be switched to while Parley runs`,
  );
}
