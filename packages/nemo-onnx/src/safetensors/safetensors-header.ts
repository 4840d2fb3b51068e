import { z } from "zod";
import { ModelError } from "../errors";
import { elementBytes, type TensorElement } from "../checkpoint/decode-elements";
import { countElements } from "../checkpoint/tensor-layout";

/** A tensor as the header describes it. */
export type SafetensorsEntry = {
  name: string;
  elementType: TensorElement;
  shape: readonly number[];
  /** Range of the data, in bytes from the end of the header. */
  start: number;
  end: number;
};

/** Supported element types; the format has others. */
const elementTypes: ReadonlyMap<string, TensorElement> = new Map([
  ["F32", "float32"],
  ["F16", "float16"],
  ["BF16", "bfloat16"],
  ["F64", "float64"],
  ["I64", "int64"],
  ["I32", "int32"],
  ["BOOL", "bool"],
]);

const count = z.int().nonnegative();
const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(count),
  data_offsets: z.tuple([count, count]),
});

/**
 * Parses the JSON header of a safetensors file
 * (https://huggingface.co/docs/safetensors: tensors cover the data without gap or overlap).
 *
 * @param dataBytes bytes that follow the header
 * @param file the file's name, for error messages
 * @throws ModelError
 */
export function parseSafetensorsHeader(
  text: string,
  dataBytes: number,
  file: string,
): readonly SafetensorsEntry[] {
  const header = z.looseObject({}).safeParse(parseJson(text, file)).data;
  if (header === undefined)
    throw new ModelError("malformed", `${file}: header is not a JSON object`);
  const entries = Object.entries(header)
    .filter(([name]) => name !== "__metadata__")
    .map(([name, value]) => parseEntry(name, value, file));
  checkCover(entries, dataBytes, file);
  return entries;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ModelError("malformed", `${file}: header is not JSON`, { cause });
  }
}

function parseEntry(name: string, value: unknown, file: string): SafetensorsEntry {
  const { data } = entrySchema.safeParse(value);
  if (data === undefined) throw new ModelError("malformed", `${file}: broken entry ${name}`);
  const elementType = elementTypes.get(data.dtype);
  if (elementType === undefined) {
    throw new ModelError("unsupported", `${file}: ${name} is of type ${data.dtype}`);
  }
  const { shape } = data;
  const [start, end] = data.data_offsets;
  if (end - start !== countElements(shape) * elementBytes[elementType]) {
    throw new ModelError(
      "malformed",
      `${file}: ${name} of ${elementType} [${shape.slice(0, 16).join(", ")}] has ${end - start} bytes`,
    );
  }
  return { name, elementType, shape, start, end };
}

function checkCover(entries: readonly SafetensorsEntry[], dataBytes: number, file: string): void {
  let covered = 0;
  for (const { name, start, end } of entries.toSorted(
    (a, b) => a.start - b.start || a.end - b.end,
  )) {
    if (start !== covered) throw new ModelError("malformed", `${file}: gap or overlap at ${name}`);
    covered = end;
  }
  if (covered !== dataBytes) {
    throw new ModelError(
      "malformed",
      `${file}: ${covered} bytes of tensors in ${dataBytes} bytes of data`,
    );
  }
}
