import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  magpieManifestSchema,
  type MagpieInference,
  type MagpieManifest,
} from "@parley/nemo-onnx/convert/magpie-manifest";
import { openSafetensors } from "@parley/nemo-onnx/safetensors/open-safetensors";
import { AppError, errorMessage } from "@parley/shared/errors";
import { DeviceUploads } from "../../runtime/device/device-uploads";
import type { ProviderFallback } from "../../runtime/execution-providers";
import { OnnxSession, type OnnxRunner } from "../../runtime/onnx-session";
import { partNames } from "./decoder-cache";
import { deviceDecoder } from "./device-decoder";
import { RowArranger } from "./row-arranger";

/** A converted Magpie model: graphs, voices and decoding parameters. */
export type MagpieModel = {
  readonly manifest: MagpieManifest;
  readonly inference: MagpieInference;
  /** [voices, contextFrames, width]. */
  readonly voices: Float32Array;
  readonly textEncoder: OnnxRunner;
  readonly decoder: OnnxRunner;
  readonly localSampler: OnnxRunner;
  /** Arranges keys and values on the device; null where they lie in this process's memory. */
  readonly device: RowArranger | null;
  /** Puts texts on the device; null likewise. */
  readonly uploads: DeviceUploads | null;
  /** Not to be called during a run. */
  close(): Promise<void>;
};

export type MagpieModelSettings = {
  threads: number;
  providers: ProviderFallback;
  /** Parameters that replace the model's own. */
  inference?: Partial<MagpieInference>;
};

/**
 * @param directory folder that `convertMagpie` wrote
 * @throws AppError `model-mismatch` naming the file that is missing or does not fit
 */
export async function openMagpieModel(
  directory: string,
  { threads, providers, inference = {} }: MagpieModelSettings,
): Promise<MagpieModel> {
  const manifest = await readMagpieManifest(join(directory, "parley.json"));
  const voices = await readVoices(join(directory, "voices.safetensors"), manifest);
  const sessions: OnnxSession[] = [];
  // Decoder and sampler take turns, and the codec computes beside them.
  const settings = { threads, providers, sleepsBetweenRuns: true };
  const arrangers: RowArranger[] = [];
  const uploads: DeviceUploads[] = [];
  const close = async () => {
    for (const helper of [...arrangers.splice(0), ...uploads.splice(0)]) await helper.close();
    for (const session of sessions.splice(0)) await session.release();
  };
  const open = async (file: string) => {
    const session = await OnnxSession.open(join(directory, file), settings);
    sessions.push(session);
    return session;
  };
  const openDecoder = async (): Promise<OnnxSession> => {
    // The text encoder was opened before, and with it was found what the model runs on.
    if (providers.inUse !== "webgpu") return await open("decoder.onnx");
    const kept = partNames("present", manifest.layers);
    const model = await deviceDecoder(join(directory, "decoder.onnx"), manifest.layers);
    const session = await OnnxSession.open(model, { ...settings, keptOutputs: kept });
    if (!session.keepsOutputs) {
      // The device refused it; the processor has the graph that does without whole caches.
      await session.release();
      return await open("decoder.onnx");
    }
    sessions.push(session);
    arrangers.push(new RowArranger(settings, manifest.width));
    uploads.push(new DeviceUploads(settings));
    return session;
  };
  try {
    return {
      manifest,
      inference: { ...manifest.inference, ...inference },
      voices,
      textEncoder: await open("text_encoder.onnx"),
      decoder: await openDecoder(),
      localSampler: await open("local_sampler.onnx"),
      device: arrangers[0] ?? null,
      uploads: uploads[0] ?? null,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @throws AppError `model-mismatch` */
export async function readMagpieManifest(file: string): Promise<MagpieManifest> {
  try {
    return magpieManifestSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    const reason = errorMessage(cause).slice(0, 200);
    throw new AppError("model-mismatch", `${file} describes no Magpie model: ${reason}`, { cause });
  }
}

async function readVoices(
  file: string,
  { voices, contextFrames, width }: MagpieManifest,
): Promise<Float32Array> {
  const opened = await openSafetensors(file).catch((cause: unknown) => {
    throw new AppError("model-mismatch", `${file}: ${errorMessage(cause)}`, { cause });
  });
  try {
    const context = opened.tensors.get("baked_context");
    const expected = [voices.length, contextFrames, width].join(" × ");
    const found = context?.shape.join(" × ") ?? "nothing";
    if (context === undefined || found !== expected) {
      throw new AppError("model-mismatch", `${file}: baked_context is ${found}, not ${expected}`);
    }
    return await context.read();
  } finally {
    await opened.close();
  }
}
