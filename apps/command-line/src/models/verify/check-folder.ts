import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  codecManifestSchema,
  magpieManifestSchema,
} from "@parley/nemo-onnx/convert/magpie-manifest";
import { modelManifestSchema } from "@parley/nemo-onnx/convert/model-manifest";
import { engineOfFolder } from "@parley/speech/engines/engine-of-folder";
import { isKokoroFolder } from "@parley/speech/kokoro/is-kokoro-folder";
import { MoonshineModel } from "@parley/speech/moonshine/model/moonshine-model";
import { loadAsrModel } from "@parley/speech/transducer/model/load-asr-model";
import { z } from "zod";
import { type Check, checked } from "./check";

/** Kind of model in a folder, by its `parley.json`. */
export type FolderKind = "recognizer" | "voice";

const typeSchema = z.object({ type: z.string().optional(), package: z.string().optional() });

/** Checks `parley.json`; folders of other converters have none. */
export async function checkManifest(
  directory: string,
): Promise<{ check: Check; kind: FolderKind }> {
  const path = join(directory, "parley.json");
  let kind: FolderKind = "recognizer";
  if (!existsSync(path)) {
    if (await isKokoroFolder(directory)) kind = "voice";
    return { check: { outcome: "skipped", text: "parley.json: none, by another converter" }, kind };
  }
  const check = await checked("parley.json", async () => {
    const document: unknown = JSON.parse(await readFile(path, "utf8"));
    const { type, package: home } = typeSchema.parse(document);
    if (home !== undefined) return `its graphs come with the package ${home}`;
    if (type !== undefined) kind = "voice";
    const { name, source, precision } = schemaOf(type).parse(document);
    return `${name}, ${precision}, from ${source.file}`;
  });
  return { check, kind };
}

function schemaOf(type: string | undefined) {
  if (type === "magpie") return magpieManifestSchema;
  return type === "nano-codec" ? codecManifestSchema : modelManifestSchema;
}

/** Loads a recognition model with onnxruntime and checks that its parts fit each other. */
export async function checkGraphs(directory: string): Promise<Check> {
  return await checked("graphs", async () => {
    switch (await engineOfFolder(directory)) {
      case "moonshine":
        return await loadMoonshine(directory);
      case "transducer":
        return await loadTransducer(directory);
    }
  });
}

async function loadTransducer(directory: string): Promise<string> {
  const model = await loadAsrModel(directory, { threads: 1, providers: ["cpu"] });
  const { encoder, features, vocabulary, durations, remarks } = model;
  await model.close();
  const listening =
    encoder.type === "streaming"
      ? `cache-aware, right context ${encoder.rightContexts.join(" or ")}`
      : "offline";
  const parts = [
    `${features.mels} mels (${features.normalization})`,
    listening,
    `${vocabulary.pieces.length} tokens`,
    durations === null ? "RNN-T" : `TDT with ${durations.length} durations`,
    ...remarks,
  ];
  return `they load and fit: ${parts.join(", ")}`;
}

async function loadMoonshine(directory: string): Promise<string> {
  const model = await MoonshineModel.load({ model: directory, threads: 1, providers: ["cpu"] });
  await model.close();
  return ["they load and fit: " + model.name, ...model.remarks].join(", ");
}
