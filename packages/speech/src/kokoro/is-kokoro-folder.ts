import { stat } from "node:fs/promises";
import { join } from "node:path";

/** Whether a folder of ONNX files is Kokoro's: it alone has `voices/` and a tokenizer. */
export async function isKokoroFolder(directory: string): Promise<boolean> {
  const kinds = await Promise.all(
    ["voices", "tokenizer.json"].map((name) => stat(join(directory, name)).catch(() => null)),
  );
  return kinds[0]?.isDirectory() === true && kinds[1]?.isFile() === true;
}
