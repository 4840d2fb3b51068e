import { encodeModel } from "@parley/nemo-onnx/onnx/encode-model";
import type { OnnxAttribute, OnnxNode, OnnxValue } from "@parley/nemo-onnx/onnx/onnx-model";
import { OnnxSession, type OnnxSettings } from "../../runtime/onnx-session";
import { int32Tensor, int64Tensor, type Tensor } from "../../runtime/tensors";

/** A part of a cache, [time, rows, width], before and after a change of rows. */
export type Arrangement = {
  /** Null where there are no rows yet. */
  present: Tensor | null;
  presentTime: number;
  /** Positions afterwards. */
  time: number;
  /** The rows afterwards: present ones by index, others as [length, 1, width]. */
  rows: readonly (number | Tensor | undefined)[];
};

/**
 * Arranges the rows of a cache anew on the device: takes those that stay, puts others beside them, and
 * aligns all at their ends, with zeros in front. One small graph for each number of new rows.
 */
export class RowArranger {
  readonly #settings: OnnxSettings;
  readonly #width: number;
  readonly #open = new Map<string, Promise<OnnxSession>>();

  constructor(settings: OnnxSettings, width: number) {
    this.#settings = settings;
    this.#width = width;
  }

  /** @returns a tensor on the device, to be freed by the caller; those given stay as they are */
  async arrange({ present, presentTime, time, rows }: Arrangement): Promise<Tensor> {
    const added = rows.filter((row) => row !== undefined && typeof row !== "number");
    const presentRows = present?.dims[1] ?? 0;
    const feeds: Record<string, Tensor> = {};
    if (present !== null) {
      // The newest positions alone, where the longest row has left.
      feeds.present = present;
      feeds.present_start = int64Tensor([Math.max(0, presentTime - time)], [1]);
      feeds.present_pads = padsOf(Math.max(0, time - presentTime));
    }
    for (const [index, row] of added.entries()) {
      feeds[`added_${index}`] = row;
      feeds[`added_pads_${index}`] = padsOf(time - (row.dims[0] ?? 0));
    }
    let nextAdded = presentRows;
    const order = rows.map((row) => (typeof row === "number" ? row : nextAdded++));
    feeds.order = int32Tensor(order, [order.length]);
    const session = await this.#session(present !== null, added.length);
    return (await session.run(feeds)).tensor("arranged");
  }

  async close(): Promise<void> {
    const open = [...this.#open.values()];
    this.#open.clear();
    for (const session of await Promise.all(open)) await session.release();
  }

  #session(hasPresent: boolean, added: number): Promise<OnnxSession> {
    const key = `${hasPresent} ${added}`;
    const opened = this.#open.get(key) ?? this.#openGraph(hasPresent, added);
    this.#open.set(key, opened);
    return opened;
  }

  async #openGraph(hasPresent: boolean, added: number): Promise<OnnxSession> {
    const rows = ["time", "rows", this.#width];
    const nodes: OnnxNode[] = [];
    const inputs: OnnxValue[] = [value("order", "int32", ["arranged"])];
    const sources: string[] = [];
    if (hasPresent) {
      inputs.push(
        value("present", "float32", ["present_time", "present_rows", this.#width]),
        ...[value("present_start", "int64", [1]), value("present_pads", "int64", [6])],
      );
      nodes.push(
        node("Slice", ["present", "present_start", "end", "axis"], "newest"),
        node("Pad", ["newest", "present_pads"], "aligned"),
      );
      sources.push("aligned");
    }
    for (let index = 0; index < added; index++) {
      inputs.push(
        value(`added_${index}`, "float32", [`time_${index}`, 1, this.#width]),
        value(`added_pads_${index}`, "int64", [6]),
      );
      nodes.push(node("Pad", [`added_${index}`, `added_pads_${index}`], `padded_${index}`));
      sources.push(`padded_${index}`);
    }
    const rowAxis = { axis: { type: "int", value: 1 } } as const;
    nodes.push(
      node("Concat", sources, "all", rowAxis),
      node("Gather", ["all", "order"], "arranged", rowAxis),
    );
    const integer = (name: string, number: bigint) => {
      const data = new Uint8Array(BigInt64Array.of(number).buffer);
      return { name, elementType: "int64" as const, dims: [1], data };
    };
    const bytes = encodeModel({
      irVersion: 8,
      producer: "parley",
      operatorSets: { "": 18 },
      metadata: {},
      graph: {
        name: "arrange",
        nodes,
        inputs,
        outputs: [value("arranged", "float32", rows)],
        initializers: [integer("end", BigInt(Number.MAX_SAFE_INTEGER)), integer("axis", 0n)],
      },
    });
    return await OnnxSession.open(
      { bytes, path: "arrange.onnx", directory: "." },
      { ...this.#settings, isHelper: true, keptOutputs: ["arranged"] },
    );
  }
}

/** `pads` of rows with so many zeros in front. */
function padsOf(count: number): Tensor {
  return int64Tensor([count, 0, 0, 0, 0, 0], [6]);
}

function value(
  name: string,
  elementType: OnnxValue["elementType"],
  dims: readonly (number | string)[],
): OnnxValue {
  return { name, elementType, dims };
}

function node(
  operator: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, OnnxAttribute>> = {},
): OnnxNode {
  return { domain: "", operator, name: output, inputs, outputs: [output], attributes };
}
