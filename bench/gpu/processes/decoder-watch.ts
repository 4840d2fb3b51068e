import { OnnxSession } from "@parley/speech/runtime/onnx-session";

/** Runs of a transducer's prediction network and joint, and their time in all. */
export type DecoderTime = { runs: number; ms: number };

const file = "decoder_joint.onnx";

let total: DecoderTime = { runs: 0, ms: 0 };
let isWatching = false;

/**
 * Takes the time of prediction network and joint from now on, on this thread: each run from its
 * inputs in this process's memory to its outputs there.
 *
 * @returns what they have taken since
 */
export function watchDecoder(): () => DecoderTime {
  if (!isWatching) watchRuns();
  const before = total;
  return () => ({ runs: total.runs - before.runs, ms: total.ms - before.ms });
}

function watchRuns(): void {
  isWatching = true;
  const run: Run = Reflect.get(OnnxSession.prototype, "run");
  const timed: Run = async function (this: OnnxSession, ...parameters) {
    const startMs = performance.now();
    const outputs = await run.apply(this, parameters);
    if (this.file === file) {
      total = { runs: total.runs + 1, ms: total.ms + performance.now() - startMs };
    }
    return outputs;
  };
  Reflect.set(OnnxSession.prototype, "run", timed);
}

type Run = (
  this: OnnxSession,
  ...parameters: Parameters<OnnxSession["run"]>
) => ReturnType<OnnxSession["run"]>;
