import { WireType } from "@bufbuild/protobuf/wire";
import { basename } from "node:path";
import { openFileSource } from "../archive/file-source";
import { ModelError } from "../errors";
import { decodeEntry, decodeNode, decodeTensor, decodeValue } from "./decode-messages";
import type { OnnxNode, OnnxTensor, OnnxValue } from "./onnx-model";
import { scanFields, WindowedReader, type ScannedField } from "./scan-fields";

/** Inputs, outputs, nodes and metadata of an ONNX file, without its weights. */
export type ModelOutline = {
  /** File name without its folder, for error messages. */
  readonly file: string;
  /** `metadata_props`, which onnxruntime-node does not expose. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Inputs that must be fed; initialisers that are also listed as inputs are left out. */
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly nodes: readonly OnnxNode[];
  /** Initialisers of up to 1 KiB, such as axes and bounds. */
  readonly constants: readonly OnnxTensor[];
  /** True when some weights lie in external data files. */
  readonly hasExternalData: boolean;
};

const mebibyte = 2 ** 20;
/**
 * Bytes of a message at most; a real node takes a few hundred, so more means damage or an attack.
 */
const messageLimitBytes = 64 * mebibyte;
/** Nodes, initialisers, inputs and outputs of a graph at most. */
const messageCountLimit = 1_000_000;
/** Bytes of the initialisers that are read. */
const constantLimitBytes = 1_024;

/**
 * Reads the outline of an ONNX file of any size by position. Memory use grows with the number of
 * nodes, not with the size of the weights.
 *
 * @throws ModelError `malformed` when the file is missing, damaged or not an ONNX model
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
  #messages = 0;

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
      if (++this.#messages > messageCountLimit) {
        throw new RangeError(`more than ${messageCountLimit} messages`);
      }
      if (field.number === 1) this.#nodes.push(decodeNode(await this.#body(field)));
      else if (field.number === 5) await this.#readInitializer(field);
      else if (field.number === 11) this.#inputs.push(decodeValue(await this.#body(field)));
      else if (field.number === 12) this.#outputs.push(decodeValue(await this.#body(field)));
    }
  }

  async #readInitializer(field: ScannedField): Promise<void> {
    if (field.length <= constantLimitBytes) {
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
    if (wireType !== WireType.LengthDelimited || length > messageLimitBytes) {
      throw new RangeError(`${length} bytes at ${start} are not a message of acceptable size`);
    }
    return this.#reader.read(start, length);
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
