import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { codecDecoder } from "../graphs/codec/codec-decoder";
import { codesOf, samplesPerFrameOf } from "../graphs/codec/codec-shape";
import { Weights } from "../graphs/weights";
import { readCodecConfig } from "./codec-config";
import type { ConversionOptions } from "./conversion-options";
import { withFreshDirectory } from "./with-fresh-directory";
import { codecManifestSchema, type CodecManifest } from "./magpie-manifest";
import { withoutTensors } from "./without-tensors";
import { writeGraphs } from "./write-graphs";

/** Tensors that only encoding and training need, and copies of the quantiser's configuration. */
const unused = [
  /^audio_encoder\./,
  /^discriminator\./,
  /^(speaker_encoder|slm_encoder|slm_predictor)\./,
  /^\w+_loss_fn\./,
  /^vector_quantizer\.fsqs\.\d+\.(dim_base_index|num_levels)$/,
];

/** Without a precision: a lower one does not make a codec's convolutions faster, and is audible. */
export type CodecConversionOptions = Omit<ConversionOptions, "precision">;

/**
 * Writes the ONNX graph of a streaming NanoCodec decoder, `codec.onnx`, and `parley.json`.
 *
 * @throws ModelError `unsupported` for a codec that the graph cannot express, `mismatch` when
 *   configuration and weights contradict each other, `refused` when the folder is not empty; the
 *   signal's reason; errors of the file system. No files remain then.
 */
export async function convertCodec(options: CodecConversionOptions): Promise<CodecManifest> {
  const { checkpoint, directory, sha256, signal } = options;
  const { shape, sampleRate } = readCodecConfig(checkpoint);
  const weights = new Weights(withoutTensors(checkpoint, unused));
  const { graph, states } = codecDecoder(shape, weights);
  weights.check();
  const file = basename(checkpoint.file);
  const manifest = codecManifestSchema.parse({
    format: 1,
    type: "nano-codec",
    name: file.replace(/\.nemo$/, ""),
    source: { file, sha256: sha256 ?? null },
    sampleRate,
    samplesPerFrame: samplesPerFrameOf(shape),
    codebooks: shape.codebooks,
    codes: codesOf(shape),
    states,
    precision: "fp32",
  });
  return withFreshDirectory(directory, async (folder) => {
    await writeGraphs(folder, [graph], { ...options, precision: "fp32" });
    await writeFile(join(folder, "parley.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    signal?.throwIfAborted();
    return manifest;
  });
}
