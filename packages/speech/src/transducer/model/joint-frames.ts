import { floatTensor, type Tensor } from "../../runtime/tensors";
import type { JointInterface } from "./decoder-interface";
import { transposeInto } from "./transpose-frames";

/** Converts encoder frames to a joint's layout, in a reused buffer. */
export class FrameLayout {
  readonly #graph: JointInterface;
  readonly #width: number;
  #transposed = new Float32Array(0);

  constructor(graph: JointInterface, width: number) {
    this.#graph = graph;
    this.#width = width;
  }

  /**
   * Tensor in the joint's layout, valid until the next call.
   *
   * @param encoded [batch, frames, width]
   */
  tensor(encoded: Float32Array, batch: number, frames: number): Tensor {
    const width = this.#width;
    if (this.#graph.isFrameFirst) return floatTensor(encoded, [batch, frames, width]);
    // One frame has the same layout either way.
    if (frames === 1) return floatTensor(encoded, [batch, width, 1]);
    const size = batch * frames * width;
    if (this.#transposed.length < size) this.#transposed = new Float32Array(size);
    for (let stream = 0; stream < batch; stream++) {
      const start = stream * frames * width;
      transposeInto(encoded, start, this.#transposed, start, { rows: frames, columns: width });
    }
    return floatTensor(this.#transposed.subarray(0, size), [batch, width, frames]);
  }
}

/** Runs a joint that takes one frame at a time over the frames of a single stream. */
export async function frameByFrame(
  encoded: Float32Array,
  { frames, width }: { frames: number; width: number },
  score: (frame: Float32Array) => Promise<Float32Array>,
): Promise<Float32Array> {
  const rows: Float32Array[] = [];
  for (let frame = 0; frame < frames; frame++) {
    rows.push(await score(encoded.subarray(frame * width, (frame + 1) * width)));
  }
  const outputs = rows[0]?.length ?? 0;
  const logits = new Float32Array(frames * outputs);
  rows.forEach((row, frame) => {
    logits.set(row, frame * outputs);
  });
  return logits;
}
