/**
 * Regenerates `models/builtin` from the checkpoint in it: graphs, tokens, tokenizer, `parley.json`
 * and `SHA256SUMS`. With an argument it does the same in another folder with a `builtin.nemo`:
 *
 *     npx tsx packages/nemo-onnx/src/convert/write-builtin-model.command.ts [FOLDER]
 */
import { createHash } from "node:crypto";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openCheckpoint } from "../checkpoint/open-checkpoint";
import { inlineExternalData } from "../onnx/inline-external-data";
import { convertTransducer } from "./convert-transducer";
import type { ModelManifest } from "./model-manifest";

const builtin = fileURLToPath(new URL("../../../../models/builtin/", import.meta.url));
const folder = process.argv[2] ?? builtin;
const graphs = ["encoder.onnx", "decoder_joint.onnx"];
const copiedFiles = ["tokens.txt", "tokenizer.model"];
const archive = "builtin.nemo";
const manifestFile = "parley.json";

async function sha256Of(name: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(join(folder, name)))
    .digest("hex");
}

/** Copies all but `preprocessor.safetensors`: the recogniser computes the features' filterbank. */
async function installModel(converted: string, manifest: ModelManifest): Promise<void> {
  for (const name of graphs) {
    await writeFile(join(folder, name), await inlineExternalData(join(converted, name)));
  }
  for (const name of copiedFiles) await copyFile(join(converted, name), join(folder, name));
  const named = { ...manifest, name: "built-in recogniser" };
  await writeFile(join(folder, manifestFile), `${JSON.stringify(named, null, 2)}\n`);
  const names = [...graphs, ...copiedFiles, archive, manifestFile];
  const lines = await Promise.all(names.map(async (name) => `${await sha256Of(name)}  ${name}\n`));
  await writeFile(join(folder, "SHA256SUMS"), lines.join(""));
}

const scratch = await mkdtemp(join(tmpdir(), "parley-builtin-"));
const checkpoint = await openCheckpoint(join(folder, archive));
try {
  const directory = join(scratch, "model");
  const sha256 = await sha256Of(archive);
  const manifest = await convertTransducer({ checkpoint, directory, precision: "fp32", sha256 });
  await installModel(directory, manifest);
} finally {
  await checkpoint.close();
  await rm(scratch, { recursive: true, force: true });
}
