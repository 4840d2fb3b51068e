import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";
import { AppError, errorMessage } from "@parley/shared/errors";
import { z } from "zod";

const decompress = promisify(brotliDecompress);

const headerSchema = z.object({
  /** Letters by id; the first four ids are padding, beginning, end and anything else. */
  graphemes: z.string(),
  phonemes: z.string(),
  tensors: z.array(
    z.object({
      name: z.string(),
      shape: z.array(z.int().positive()),
      type: z.enum(["int8", "float32"]),
    }),
  ),
});

/** Weights of the letter-to-sound model, row-major. */
export type LetterWeights = Pick<z.infer<typeof headerSchema>, "graphemes" | "phonemes"> & {
  tensors: ReadonlyMap<string, Float32Array>;
};

/**
 * Reads `letters.br`: a line of JSON, then the tensors in its order, little-endian. Those of 8 bit
 * begin with a float32 scale for each row.
 *
 * @throws AppError `model-mismatch` when it is missing or damaged
 */
export async function readLetterWeights(directory: string): Promise<LetterWeights> {
  try {
    return parse(await decompress(await readFile(join(directory, "letters.br"))));
  } catch (error) {
    const reason = `${directory}: no letter-to-sound model: ${errorMessage(error)}`;
    throw new AppError("model-mismatch", reason, { cause: error });
  }
}

function parse(file: Buffer): LetterWeights {
  const end = file.indexOf("\n");
  const header = headerSchema.parse(JSON.parse(file.toString("utf8", 0, end)));
  const { graphemes, phonemes } = header;
  const tensors = new Map<string, Float32Array>();
  let at = end + 1;
  const floats = (count: number) => {
    // A copy, since the file's numbers do not begin at a multiple of four bytes.
    const bytes = Uint8Array.from(file.subarray(at, at + 4 * count));
    at += 4 * count;
    return new Float32Array(bytes.buffer, 0, count);
  };
  for (const { name, shape, type } of header.tensors) {
    const size = shape.reduce((product, length) => product * length, 1);
    if (type === "float32") {
      tensors.set(name, floats(size));
      continue;
    }
    const rows = shape[0] ?? 1;
    const scales = floats(rows);
    const whole = new Int8Array(file.buffer, file.byteOffset + at, size);
    at += size;
    const columns = size / rows;
    tensors.set(
      name,
      Float32Array.from(
        whole,
        (value, index) => value * (scales[Math.floor(index / columns)] ?? 0),
      ),
    );
  }
  if (at !== file.length) throw new TypeError(`${file.length - at} bytes are left over`);
  return { graphemes, phonemes, tensors };
}
