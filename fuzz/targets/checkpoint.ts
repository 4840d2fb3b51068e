import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { buildTar } from "@parley/nemo-onnx/archive/testing/build-tar";
import { joinPieces } from "@parley/nemo-onnx/archive/testing/sparse-source";
import { openCheckpoint } from "@parley/nemo-onnx/checkpoint/open-checkpoint";
import { buildWeights } from "@parley/nemo-onnx/checkpoint/testing/build-weights";
import { openSafetensors } from "@parley/nemo-onnx/safetensors/open-safetensors";
import fc from "fast-check";
import { expectCoded } from "../expect-coded";
import { fuzzTarget } from "../fuzz-target";
import { mutatedBytes, mutatedText } from "../inputs/mutated-bytes";

const weights = joinPieces(
  buildWeights({
    tensors: { weight: { stored: 6, shape: [2, 3], strides: [3, 1] } },
    storages: { "0": new Uint8Array(24).fill(1) },
  }),
);
const config = "sample_rate: 16000\nlabels:\n  - a\n  - b\nencoder: &x {layers: 2}\nagain: *x\n";
const nemo = (configText: Uint8Array, weightBytes: Uint8Array) =>
  Uint8Array.from(
    buildTar([
      { path: "./model_config.yaml", content: configText },
      { path: "./model_weights.ckpt", content: weightBytes },
    ]),
  );
const header = '{"w":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"__metadata__":{"a":"b"}}';
const safetensors = Buffer.alloc(8 + header.length + 24);
safetensors.writeUInt32LE(header.length, 0);
safetensors.write(header, 8);

/** Faults in the archive itself, or in what lies in it behind checksums that are right. */
const archives = fc.oneof(
  mutatedBytes(nemo(Buffer.from(config), weights)),
  fc.tuple(mutatedText(config), mutatedBytes(weights)).map(([text, bytes]) => nemo(text, bytes)),
);

export const checkpoint = fuzzTarget({
  name: "checkpoint",
  about: ".nemo archives (tar, gzip, zip, YAML, pickle) and safetensors",
  inputs: fc.oneof(
    fc.record({ kind: fc.constantFrom("nemo" as const, "gzip" as const), bytes: archives }),
    fc.record({ kind: fc.constant("safetensors" as const), bytes: mutatedBytes(safetensors) }),
  ),
  open: async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "parley-fuzz-"));
    const file = path.join(folder, "model");
    return {
      check: async ({ kind, bytes }) => {
        await writeFile(file, kind === "gzip" ? gzipSync(bytes, { level: 1 }) : bytes);
        await expectCoded(async () => {
          const open = kind === "safetensors" ? openSafetensors : openCheckpoint;
          const opened = await open(file);
          try {
            for (const tensor of opened.tensors.values()) await tensor.read();
          } finally {
            await opened.close();
          }
        });
      },
      close: () => rm(folder, { recursive: true, force: true }),
    };
  },
});
