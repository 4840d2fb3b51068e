import { join } from "node:path";
import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import { cacheDirectory } from "../cache-directory";
import type { ModelEntry } from "../registry/model-entry";
import { FactsFile } from "./facts-file";
import { HubClient } from "./hub-client";
import { HubUnreachable } from "./hub-failure";
import type { HubSettings } from "./hub-settings";
import { factsOf, type ModelFacts, type RepositoryFacts } from "./model-facts";

const freshMs = 24 * 3_600_000;
/** Time for one answer: somebody looks at a page meanwhile. */
const answerMs = 5_000;
/** Pause after the hub was out of reach, before it is asked again. */
const restMs = 60_000;
const mostAtOnce = 4;

export type HubInquiryOptions = {
  settings: () => Promise<HubSettings>;
  /** Where answers are kept. */
  file: string;
  clock: Clock;
};

/**
 * - `idle`: everything that could be asked was answered;
 * - `asking`: answers are under way;
 * - `unreachable`: the last attempt found no hub;
 * - `offline`: `HF_HUB_OFFLINE` forbids to ask.
 */
export type InquiryState = "idle" | "asking" | "unreachable" | "offline";

/**
 * Asks the hub for sizes, licences and commits of models, a day's answers at a time. Nothing waits
 * for it: what is known is told at once, and the rest is there when somebody looks again.
 */
export class HubInquiry {
  readonly #options: HubInquiryOptions;
  readonly #file: FactsFile;
  readonly #controller = new AbortController();
  #known: Map<string, RepositoryFacts> | null = null;
  /** Refused or malformed answers, which another question would not change. */
  readonly #refused = new Set<string>();
  #running: Promise<void> | null = null;
  #unreachableAtMs: number | null = null;
  #isOffline = false;

  constructor(options: HubInquiryOptions) {
    this.#options = options;
    this.#file = new FactsFile(options.file);
  }

  get state(): InquiryState {
    if (this.#isOffline) return "offline";
    if (this.#running !== null) return "asking";
    return this.#unreachableAtMs === null ? "idle" : "unreachable";
  }

  /** What is known now, by the names of entries; the hub is not asked. */
  async known(entries: readonly ModelEntry[]): Promise<Map<string, ModelFacts>> {
    const known = (this.#known ??= await this.#file.read());
    return new Map(
      entries.map((entry) => [entry.name, factsOf(entry, known.get(keyOf(entry)) ?? null)]),
    );
  }

  /** Begins to ask for what is unknown or a day old; returns before the answers are there. */
  async ask(entries: readonly ModelEntry[]): Promise<void> {
    const { clock, settings } = this.#options;
    const known = (this.#known ??= await this.#file.read());
    const hub = await settings();
    this.#isOffline = hub.isOffline;
    const isResting =
      this.#unreachableAtMs !== null && clock.now() - this.#unreachableAtMs < restMs;
    if (this.#isOffline || isResting || this.#running !== null) return;
    if (this.#controller.signal.aborted) return;
    const wanted = new Map(entries.map((entry) => [keyOf(entry), entry]));
    for (const key of wanted.keys()) {
      const askedAtMs = known.get(key)?.askedAtMs ?? Number.NEGATIVE_INFINITY;
      if (this.#refused.has(key) || clock.now() - askedAtMs < freshMs) wanted.delete(key);
    }
    if (wanted.size === 0) return;
    this.#running = this.#askAll([...wanted.values()], hub, known).finally(() => {
      this.#running = null;
    });
  }

  /** Resolves when no question is under way. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /** Idempotent. */
  async close(): Promise<void> {
    this.#controller.abort();
    await this.#running;
  }

  async #askAll(
    wanted: ModelEntry[],
    hub: HubSettings,
    known: Map<string, RepositoryFacts>,
  ): Promise<void> {
    this.#unreachableAtMs = null;
    const asker = async () => {
      for (let entry = wanted.shift(); entry !== undefined; entry = wanted.shift()) {
        await this.#askOne(entry, hub, known);
      }
    };
    await Promise.all(Array.from({ length: mostAtOnce }, asker));
    // A full disk costs only the question tomorrow.
    await this.#file.write(known).catch(() => undefined);
  }

  async #askOne(
    entry: ModelEntry,
    hub: HubSettings,
    known: Map<string, RepositoryFacts>,
  ): Promise<void> {
    if (this.#unreachableAtMs !== null || this.#controller.signal.aborted) return;
    const { clock } = this.#options;
    const patience = new AbortController();
    const cancel = clock.schedule(answerMs, () => {
      patience.abort(new HubUnreachable(hub.endpoint, "no answer in time"));
    });
    const signal = AbortSignal.any([this.#controller.signal, patience.signal]);
    try {
      const client = new HubClient(hub, { clock, signal, mostTries: 1 });
      const told = await client.readRevision(entry.repository, entry.revision, true);
      const { commit, licence, sizes } = told;
      const facts = { commit, licence, sizes: Object.fromEntries(sizes), askedAtMs: clock.now() };
      known.set(keyOf(entry), facts);
    } catch (error) {
      if (error instanceof AppError && !error.isRetryable) this.#refused.add(keyOf(entry));
      else this.#unreachableAtMs = clock.now();
    } finally {
      cancel();
    }
  }
}

/** Where the hub's answers are kept. */
export function hubFactsFile(environment: NodeJS.ProcessEnv): string {
  return join(cacheDirectory(environment), "hub-facts.json");
}

function keyOf({ repository, revision }: ModelEntry): string {
  return `${repository}@${revision}`;
}
