import type { BatchSizes } from "@parley/speech/contracts/batch-sizes";
import type { InferenceMetrics } from "./inference-metrics";

type CountingEngine = { batchSizes?(): Promise<BatchSizes> };

/** Asks the engines' threads, when metrics are read, for the sizes of their batches since then. */
export class BatchCollector {
  readonly #metrics: Pick<InferenceMetrics, "batchSize">;
  readonly #seen = new Map<string, BatchSizes>();

  constructor(metrics: Pick<InferenceMetrics, "batchSize">) {
    this.#metrics = metrics;
  }

  /** An engine that does not answer, such as one that is being replaced, is left out this time. */
  async collect(engines: Readonly<Record<string, CountingEngine>>): Promise<void> {
    await Promise.all(
      Object.entries(engines).map(async ([engine, counting]) => {
        const sizes = await counting.batchSizes?.().catch(() => null);
        if (sizes != null) this.#observe(engine, sizes);
      }),
    );
  }

  #observe(engine: string, sizes: BatchSizes): void {
    const seen = this.#seen.get(engine);
    this.#seen.set(engine, new Map(sizes));
    for (const [size, count] of sizes) {
      const before = seen?.get(size) ?? 0;
      // Fewer than before: another model, or a fresh thread.
      const more = count < before ? count : count - before;
      for (let each = 0; each < more; each += 1) this.#metrics.batchSize.observe({ engine }, size);
    }
  }
}
