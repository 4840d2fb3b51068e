import { encodeModel } from "@parley/nemo-onnx/onnx/encode-model";
import type { OnnxNode, OnnxValue } from "@parley/nemo-onnx/onnx/onnx-model";
import { OnnxSession, type OnnxSettings } from "../onnx-session";
import type { Tensor } from "../tensors";
import { freeTensors } from "./shared-tensors";

/** One of the tensors that every stream has, by the dimensions behind the batch axis. */
export type RowPart = { name: string; dims: readonly number[] };

/**
 * Puts the tensors of single streams together to those of a batch and takes them apart again, on the
 * device: one small graph for each size of batch, opened when it is first needed. Parts are ordered
 * as they were given to `open`.
 */
export class RowGraphs {
  readonly #parts: readonly RowPart[];
  readonly #settings: OnnxSettings;
  readonly #open = new Map<string, Promise<OnnxSession>>();

  constructor(parts: readonly RowPart[], settings: OnnxSettings) {
    this.#parts = parts;
    this.#settings = settings;
  }

  /**
   * @param rows each stream's parts, [1, …dims]
   * @returns the parts of all, [rows, …dims], to be freed by the caller
   */
  async join(rows: readonly (readonly Tensor[])[]): Promise<Tensor[]> {
    const session = await this.#session("join", rows.length);
    const feeds = Object.fromEntries(
      rows.flatMap((parts, row) =>
        parts.map((tensor, part) => [rowName(this.#parts, part, row), tensor]),
      ),
    );
    const outputs = await session.run(feeds);
    return this.#parts.map(({ name }) => outputs.tensor(name));
  }

  /**
   * @param batch the parts of all rows, freed by this
   * @returns each row's parts, to be freed by the caller
   */
  async split(batch: readonly Tensor[], rows: number): Promise<Tensor[][]> {
    try {
      const session = await this.#session("split", rows);
      const feeds = Object.fromEntries(
        this.#parts.flatMap(({ name }, part) => {
          const tensor = batch[part];
          return tensor === undefined ? [] : [[name, tensor]];
        }),
      );
      const outputs = await session.run(feeds);
      return Array.from({ length: rows }, (_, row) =>
        this.#parts.map((_part, part) => outputs.tensor(rowName(this.#parts, part, row))),
      );
    } finally {
      freeTensors(batch);
    }
  }

  async close(): Promise<void> {
    const open = [...this.#open.values()];
    this.#open.clear();
    for (const session of await Promise.all(open)) await session.release();
  }

  #session(way: "join" | "split", rows: number): Promise<OnnxSession> {
    const key = `${way} ${rows}`;
    const opened = this.#open.get(key) ?? this.#openGraph(way, rows);
    this.#open.set(key, opened);
    return opened;
  }

  async #openGraph(way: "join" | "split", rows: number): Promise<OnnxSession> {
    const parts = this.#parts;
    const whole = parts.map(({ name, dims }) => value(name, [rows, ...dims]));
    const single = parts.flatMap(({ dims }, part) =>
      Array.from({ length: rows }, (_, row) => value(rowName(parts, part, row), [1, ...dims])),
    );
    const nodes = parts.map(({ name }, part) => {
      const names = Array.from({ length: rows }, (_, row) => rowName(parts, part, row));
      return way === "join" ? concat(name, names) : split(name, names);
    });
    const outputs = way === "join" ? whole : single;
    const graph = {
      name: way,
      nodes,
      initializers: [],
      inputs: way === "join" ? single : whole,
      outputs,
    };
    const model = {
      irVersion: 8,
      producer: "parley",
      operatorSets: { "": 18 },
      metadata: {},
      graph,
    };
    return await OnnxSession.open(
      { bytes: encodeModel(model), path: `${way}.onnx`, directory: "." },
      { ...this.#settings, isHelper: true, keptOutputs: outputs.map(({ name }) => name) },
    );
  }
}

function rowName(parts: readonly RowPart[], part: number, row: number): string {
  return `${parts[part]?.name ?? ""}_${row}`;
}

function value(name: string, dims: readonly number[]): OnnxValue {
  return { name, elementType: "float32", dims };
}

function concat(whole: string, rows: readonly string[]): OnnxNode {
  return {
    domain: "",
    operator: "Concat",
    name: whole,
    inputs: rows,
    outputs: [whole],
    attributes: { axis: { type: "int", value: 0 } },
  };
}

function split(whole: string, rows: readonly string[]): OnnxNode {
  return {
    domain: "",
    operator: "Split",
    name: whole,
    inputs: [whole],
    outputs: rows,
    attributes: {
      axis: { type: "int", value: 0 },
      num_outputs: { type: "int", value: rows.length },
    },
  };
}
