import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";

export type Floats = { data: Float32Array; dims: readonly number[] };

/** A graph loaded into onnxruntime. */
export class GraphSession {
  readonly #session: InferenceSession;

  static async open(directory: string, file: string): Promise<GraphSession> {
    const options = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 4 } as const;
    return new GraphSession(await InferenceSession.create(join(directory, file), options));
  }

  private constructor(session: InferenceSession) {
    this.#session = session;
  }

  /** Element types and shapes of inputs and outputs, by name. */
  get interface() {
    const shapes = (metadata: readonly InferenceSession.ValueMetadata[]) =>
      Object.fromEntries(
        metadata.map((value) => [value.name, value.isTensor ? [value.type, ...value.shape] : []]),
      );
    const { inputMetadata, outputMetadata } = this.#session;
    return { inputs: shapes(inputMetadata), outputs: shapes(outputMetadata) };
  }

  async run(feeds: Record<string, Tensor>): Promise<GraphOutputs> {
    return new GraphOutputs(await this.#session.run(feeds));
  }
}

export class GraphOutputs {
  readonly #tensors: InferenceSession.ReturnType;

  constructor(tensors: InferenceSession.ReturnType) {
    this.#tensors = tensors;
  }

  tensor(name: string): Tensor {
    const tensor = this.#tensors[name];
    if (tensor === undefined) throw new Error(`no output ${name}`);
    return tensor;
  }

  floats(name: string): Floats {
    const { data, dims } = this.tensor(name);
    if (!(data instanceof Float32Array)) throw new Error(`${name} is not float32`);
    return { data, dims };
  }

  integers(name: string): number[] {
    return Array.from(this.tensor(name).data, Number);
  }
}

export function floatTensor({ data, dims }: Floats): Tensor {
  return new Tensor("float32", data, dims);
}

export function int64Tensor(values: readonly number[]): Tensor {
  return new Tensor("int64", BigInt64Array.from(values.map(BigInt)), [values.length]);
}

export function zeros(dims: readonly number[]): Floats {
  return { data: new Float32Array(dims.reduce((product, length) => product * length, 1)), dims };
}

/** [1, rows, columns] or [rows, columns] as [columns, rows]. */
export function transposed({ data, dims }: Floats): Floats {
  const [rows = 0, columns = 0] = dims.slice(-2);
  const result = zeros([columns, rows]);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      result.data[column * rows + row] = data[row * columns + column] ?? NaN;
    }
  }
  return result;
}

/** The first `rows` of [rows, columns]. */
export function firstRows({ data, dims }: Floats, rows: number): Floats {
  const [, columns = 0] = dims;
  return { data: data.subarray(0, rows * columns), dims: [rows, columns] };
}

/** Columns `start` to `end` of [rows, columns]; columns outside the matrix are zero. */
export function columnsOf({ data, dims }: Floats, start: number, end: number): Floats {
  const [rows = 0, columns = 0] = dims;
  const result = zeros([rows, end - start]);
  for (let row = 0; row < rows; row++) {
    for (let column = Math.max(start, 0); column < Math.min(end, columns); column++) {
      result.data[row * (end - start) + column - start] = data[row * columns + column] ?? NaN;
    }
  }
  return result;
}

/** Largest absolute difference; infinite when the tensors differ in size. */
export function largestDifference(a: Floats, b: Floats): number {
  if (a.data.length !== b.data.length) return Infinity;
  let largest = 0;
  for (const [index, value] of a.data.entries()) {
    const difference = Math.abs(value - (b.data[index] ?? NaN));
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
