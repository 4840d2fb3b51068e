/**
 * Writes `models/builtin/encoder.onnx` anew, as one file, from the checkpoint beside it:
 * `npx tsx packages/nemo-onnx/src/convert/write-builtin-encoder.command.ts`.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openCheckpoint } from "../checkpoint/open-checkpoint";
import { inOneFile } from "../onnx/in-one-file";
import { convertTransducer } from "./convert-transducer";

const builtin = fileURLToPath(new URL("../../../../models/builtin/", import.meta.url));
const scratch = await mkdtemp(join(tmpdir(), "parley-builtin-"));
const checkpoint = await openCheckpoint(join(builtin, "builtin.nemo"));
try {
  const directory = join(scratch, "model");
  await convertTransducer({ checkpoint, directory, precision: "fp32" });
  await writeFile(join(builtin, "encoder.onnx"), await inOneFile(join(directory, "encoder.onnx")));
} finally {
  await checkpoint.close();
  await rm(scratch, { recursive: true, force: true });
}
