import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCheckpoint } from "../checkpoint/open-checkpoint";
import { convertTransducer } from "./convert-transducer";
import { GraphSession, zeros, type Floats } from "../onnx/testing/graph-session";
import { precisions } from "../quantization/precision";
import { differenceOf, encodeSignal } from "./testing/encode-signal";

const fileAt = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const shared = fileAt("../../../../../shared/fixtures/asr/models/");
const sharedModels = [
  ["nemotron-like", 128],
  ["parakeet-rnnt-like-tt", 80],
  ["parakeet-rnnt-like-ff", 80],
  ["parakeet-tdt-like", 128],
  ["hybrid-ctc", 80],
] as const;

const models = [
  { name: "built-in", file: fileAt("../../../../models/builtin/builtin.nemo"), mels: 80 },
  { name: "eou-like", file: fileAt("../../fixtures/eou-like.nemo"), mels: 128 },
  ...sharedModels.map(([name, mels]) => ({ name, mels, file: join(shared, name, "model.nemo") })),
];

/** Error bounds for outputs of order 1. Every layer adds error, and random weights amplify it. */
const bounds = {
  fp16: { largest: 2e-2, mean: 2e-3 },
  int8: { largest: 0.3, mean: 0.04 },
  "int8-dynamic": { largest: 0.3, mean: 0.06 },
  int4: { largest: 3, mean: 0.4 },
};

/** A signal similar to log-mels of speech, normalised or not. */
function synthetic(mels: number): Floats {
  const result = zeros([mels, 250]);
  for (const index of result.data.keys()) {
    result.data[index] = -2 + Math.sin(index / 50) + 1.5 * Math.sin(index * index);
  }
  return result;
}

describe.each(models.filter(({ file }) => existsSync(file)))("$name", ({ file, mels }) => {
  let directory = "";
  const encoderIn = (precision: string) =>
    GraphSession.open(join(directory, precision), "encoder.onnx");

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "parley-precision-"));
    for (const precision of precisions) {
      const checkpoint = await openCheckpoint(file);
      const target = join(directory, precision);
      const manifest = await convertTransducer({ checkpoint, directory: target, precision });
      expect(manifest.precision).toBe(precision);
      await checkpoint.close();
    }
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it.each(["fp16", "int8", "int8-dynamic", "int4"] as const)("encodes in %s", async (precision) => {
    const [reference, encoder] = [await encoderIn("fp32"), await encoderIn(precision)];
    expect(encoder.interface).toEqual(reference.interface);
    const expected = await encodeSignal(reference, synthetic(mels));
    const found = await encodeSignal(encoder, synthetic(mels));
    expect(found.dims).toEqual(expected.dims);
    const { largest, mean } = differenceOf(found, expected);
    expect(largest).toBeLessThan(bounds[precision].largest);
    expect(mean).toBeLessThan(bounds[precision].mean);
  });
});
