import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCheckpoint } from "@parley/nemo-onnx/checkpoint/open-checkpoint";
import { convertCodec } from "@parley/nemo-onnx/convert/convert-codec";
import { convertMagpie } from "@parley/nemo-onnx/convert/convert-magpie";
import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import { bundledFixtures, recordPath, type RecordedModel } from "./magpie-records";

/** Folders of a converted model and its codec, to be removed after the tests. */
export type ConvertedVoice = { model: string; codec: string; remove(): Promise<void> };

/** The model within this repository, or one of the larger set. */
export type VoiceName = "bundled" | RecordedModel;

function archives(name: VoiceName): { model: string; codec: string } {
  switch (name) {
    case "bundled":
      return {
        model: join(bundledFixtures, "voice/model.nemo"),
        codec: join(bundledFixtures, "voice/codec.nemo"),
      };
    case "s1":
      return { model: recordPath("s1/model.nemo"), codec: recordPath("codec/model.nemo") };
    case "s2":
      return { model: recordPath("s2/model.nemo"), codec: recordPath("s2/codec.nemo") };
  }
}

/** Converts one of the small random models; its codec has one precision. */
export async function convertVoice(
  name: VoiceName,
  precision: Precision = "fp32",
): Promise<ConvertedVoice> {
  const folder = await mkdtemp(join(tmpdir(), "parley-voice-"));
  const files = archives(name);
  const model = join(folder, "model");
  const codec = join(folder, "codec");
  await withCheckpoint(files.model, (checkpoint) =>
    convertMagpie({ checkpoint, directory: model, precision }),
  );
  await withCheckpoint(files.codec, (checkpoint) => convertCodec({ checkpoint, directory: codec }));
  return { model, codec, remove: () => rm(folder, { recursive: true }) };
}

/** Converts a codec alone. @param file an archive; @param directory to be made */
export async function convertCodecFile(file: string, directory: string): Promise<void> {
  await withCheckpoint(file, (checkpoint) => convertCodec({ checkpoint, directory }));
}

async function withCheckpoint(
  file: string,
  use: (checkpoint: Awaited<ReturnType<typeof openCheckpoint>>) => Promise<unknown>,
): Promise<void> {
  const checkpoint = await openCheckpoint(file);
  try {
    await use(checkpoint);
  } finally {
    await checkpoint.close();
  }
}
