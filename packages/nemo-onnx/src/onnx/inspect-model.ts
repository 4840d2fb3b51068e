import { WireType } from "@bufbuild/protobuf/wire";
import { basename } from "node:path";
import { openFileSource } from "../archive/file-source";
import { ModelError } from "../errors";
import { decodeEntry, decodeNode, decodeTensor, decodeValue } from "./decode-messages";
import type { OnnxNode, OnnxTensor, OnnxValue } from "./onnx-model";
import { scanFields, WindowedReader, type ScannedField } from "./scan-fields";

/** What an ONNX file says of itself, its weights left where they lie. */
export type ModelOutline = {
  /** Without its folder, for messages. */
  readonly file: string;
  /** `metadata_props`, which onnxruntime does not hand on. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Those that must be fed: initialisers listed among the inputs are left out. */
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly nodes: readonly OnnxNode[];
  /** Small initialisers only, such as axes and bounds. */
  readonly constants: readonly OnnxTensor[];
  /** True when weights lie in files of their own. */
  readonly hasExternalData: boolean;
};

const mebibyte = 2 ** 20;
/** Longer parts are damage or an attack: a real node takes some hundred bytes. */
const partLimit = 64 * mebibyte;
const partCountLimit = 1_000_000;
/** Initialisers up to this size are read. */
const constantLimit = 1_024;

/**
 * Reads the outline of an ONNX file of any size by position; memory grows with its nodes, not with
 * its weights.
 *
 * @throws ModelError `malformed` when it is damaged or no ONNX model
 */
export async function inspectModel(path: string): Promise<ModelOutline> {
  const file = basename(path);
  const source = await openFileSource(path);
  try {
    return await new OutlineReader(file, new WindowedReader(source)).read(source.size);
  } catch (cause) {
    if (cause instanceof ModelError && cause.code !== "malformed") throw cause;
    throw new ModelError("malformed", `${file} is no ONNX model: ${messageOf(cause)}`, { cause });
  } finally {
    await source.close();
  }
}

class OutlineReader {
  readonly #file: string;
  readonly #reader: WindowedReader;
  readonly #metadata: Record<string, string> = {};
  readonly #inputs: OnnxValue[] = [];
  readonly #outputs: OnnxValue[] = [];
  readonly #nodes: OnnxNode[] = [];
  readonly #constants: OnnxTensor[] = [];
  readonly #initializerNames = new Set<string>();
  #hasExternalData = false;
  #parts = 0;

  constructor(file: string, reader: WindowedReader) {
    this.#file = file;
    this.#reader = reader;
  }

  async read(size: number): Promise<ModelOutline> {
    let hasGraph = false;
    for await (const field of scanFields(this.#reader, 0, size)) {
      if (field.number === 7 && field.wireType === WireType.LengthDelimited) {
        hasGraph = true;
        await this.#readGraph(field);
      } else if (field.number === 14) {
        const [key, value] = decodeEntry(await this.#body(field));
        this.#metadata[key] = value;
      }
    }
    if (!hasGraph) throw new RangeError("it holds no graph");
    return {
      file: this.#file,
      metadata: this.#metadata,
      inputs: this.#inputs.filter(({ name }) => !this.#initializerNames.has(name)),
      outputs: this.#outputs,
      nodes: this.#nodes,
      constants: this.#constants,
      hasExternalData: this.#hasExternalData,
    };
  }

  async #readGraph(graph: ScannedField): Promise<void> {
    for await (const field of scanFields(this.#reader, graph.start, graph.start + graph.length)) {
      if (++this.#parts > partCountLimit) throw new RangeError(`over ${partCountLimit} parts`);
      if (field.number === 1) this.#nodes.push(decodeNode(await this.#body(field)));
      else if (field.number === 5) await this.#readInitializer(field);
      else if (field.number === 11) this.#inputs.push(decodeValue(await this.#body(field)));
      else if (field.number === 12) this.#outputs.push(decodeValue(await this.#body(field)));
    }
  }

  async #readInitializer(field: ScannedField): Promise<void> {
    if (field.length <= constantLimit) {
      const tensor = decodeTensor(await this.#body(field));
      this.#initializerNames.add(tensor.name);
      if (tensor.data instanceof Uint8Array) this.#constants.push(tensor);
      else this.#hasExternalData = true;
      return;
    }
    for await (const part of scanFields(this.#reader, field.start, field.start + field.length)) {
      if (part.number === 13) this.#hasExternalData = true;
      else if (part.number === 8) {
        this.#initializerNames.add(new TextDecoder().decode(await this.#body(part)));
      }
    }
  }

  async #body({ start, length, wireType }: ScannedField): Promise<Uint8Array> {
    if (wireType !== WireType.LengthDelimited || length > partLimit) {
      throw new RangeError(`${length} bytes at ${start} are too many for a part`);
    }
    return this.#reader.read(start, length);
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
