import { onnxruntime } from "@parley/speech/runtime/onnxruntime";
import type { Tensor } from "@parley/speech/runtime/tensors";

/** Bytes that runs were given from this process's memory, and gave back to it. */
export type BusBytes = { runs: number; up: number; down: number };

let total: BusBytes = { runs: 0, up: 0, down: 0 };
let isWatching = false;

/**
 * Counts what crosses the bus from now on, on this thread: tensors in this process's memory. Those
 * that stay on the device count nothing, nor does the little that onnxruntime's own nodes on the
 * processor hand on.
 *
 * @returns what has crossed since
 */
export function watchBus(): () => BusBytes {
  if (!isWatching) watchRuns();
  const before = total;
  return () => ({
    runs: total.runs - before.runs,
    up: total.up - before.up,
    down: total.down - before.down,
  });
}

function watchRuns(): void {
  isWatching = true;
  const prototype = Reflect.get(onnxruntime().InferenceSession, "prototype") as object;
  const run = Reflect.get(prototype, "run") as Run;
  const counted: Run = async function (this: unknown, feeds, ...rest) {
    const outputs = await run.call(this, feeds, ...rest);
    total = {
      runs: total.runs + 1,
      up: total.up + bytesOf(feeds),
      down: total.down + bytesOf(outputs),
    };
    return outputs;
  };
  Reflect.set(prototype, "run", counted);
}

type Tensors = Readonly<Record<string, Tensor>>;
type Run = (this: unknown, feeds: Tensors, ...rest: unknown[]) => Promise<Tensors>;

function bytesOf(tensors: Tensors): number {
  return Object.values(tensors)
    .filter(({ location }) => location === "cpu")
    .reduce((sum, { data }) => sum + (ArrayBuffer.isView(data) ? data.byteLength : 0), 0);
}
