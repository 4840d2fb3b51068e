import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import { openProcess, processEntry } from "../../support/side-process";
import type { ModelCalls, VoiceFolders } from "../processes/model-calls";
import type { ModelScale } from "./ear-model";

/** Models under way: all are begun at once, so that a machine with many cores has them soon. */
export class Models {
  readonly #ears = new Map<Precision, Promise<string>>();
  readonly #voices = new Map<Precision, Promise<VoiceFolders>>();

  /** @param cache as `PARLEY_CACHE` */
  constructor(cache: string, scale: ModelScale, precisions: readonly Precision[]) {
    for (const precision of precisions) {
      const making = make(cache, (child) => child.call("ear", { cache, scale, precision }));
      this.#ears.set(precision, making);
    }
    // One after the other: both have the same codec.
    let before: Promise<unknown> = Promise.resolve();
    for (const precision of precisions) {
      const making = before.then(() =>
        make(cache, (child) => child.call("voice", { scale, precision })),
      );
      before = making.catch(() => undefined);
      this.#voices.set(precision, making);
    }
    // Whoever wants one hears of its failure; nobody may want it.
    for (const making of [...this.#ears.values(), ...this.#voices.values()]) {
      making.catch(() => undefined);
    }
  }

  ear(precision: Precision): Promise<string> {
    return this.#ears.get(precision) ?? Promise.reject(new TypeError(`no ear in ${precision}`));
  }

  voice(precision: Precision): Promise<VoiceFolders> {
    return this.#voices.get(precision) ?? Promise.reject(new TypeError(`no voice in ${precision}`));
  }
}

type Child = Awaited<ReturnType<typeof openProcess<ModelCalls>>>;

/** Makes a model in a process of its own. */
export async function make<Result>(
  cache: string,
  use: (child: Child) => Promise<Result>,
): Promise<Result> {
  const file = processEntry(import.meta.url, "../processes/model.process.ts");
  const child = await openProcess<ModelCalls>(file, { environment: { PARLEY_CACHE: cache } });
  try {
    return await use(child);
  } finally {
    await child.close();
  }
}
