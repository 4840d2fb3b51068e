import type { Clock } from "@parley/shared/async/clock";
import type { EngineHouse } from "@parley/shared/protocol/house-api";
import type { InferenceModels } from "./inference-models";

/** How long one answer of inference serves all who ask. */
const freshMs = 2_000;

/** What hears, thinks and speaks, asked of inference once for all who want to know at the same time. */
export class PresentHouse {
  readonly #models: Pick<InferenceModels, "house">;
  readonly #clock: Clock;
  #latest: { atMs: number; house: Promise<EngineHouse> } | null = null;

  constructor(models: Pick<InferenceModels, "house">, clock: Clock) {
    this.#models = models;
    this.#clock = clock;
  }

  /** @throws AppError as {@link InferenceModels.house} does */
  read(): Promise<EngineHouse> {
    const nowMs = this.#clock.now();
    const isFresh = this.#latest !== null && nowMs - this.#latest.atMs < freshMs;
    if (this.#latest === null || !isFresh) {
      this.#latest = { atMs: nowMs, house: this.#models.house() };
    }
    return this.#latest.house;
  }
}
