import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { convertTransducer } from "@parley/nemo-onnx/convert/convert-transducer";
import { conversionVersion } from "@parley/nemo-onnx/convert/model-manifest";
import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import { nemotronSpeech, randomCheckpoint } from "../../support/models/random-checkpoint";
import type { FullSize } from "../../support/models/state-dict";

/** Full-size models are measured; small ones show that everything runs. */
export type ModelScale = "full" | "small";

/**
 * Left context of 84 frames in the place of 70: all chunks divide it, that of 320 ms, too. A fifth
 * more keys to attend to, and more cache.
 */
const contexts = [13, 6, 3, 1, 0].map((right) => [84, right] as const);

const sizes: Readonly<Record<ModelScale, FullSize>> = {
  full: { ...nemotronSpeech, contexts },
  small: {
    layers: 2,
    width: 64,
    heads: 4,
    mels: 80,
    subsamplingChannels: 16,
    tokens: 64,
    predictorLayers: 1,
    predictorWidth: 32,
    jointWidth: 32,
    contexts,
  },
};

/**
 * Makes a recogniser of Nemotron Speech's sizes with random weights, unless it is there.
 *
 * @param cache a folder outside of the repository; as `PARLEY_CACHE`
 * @returns its folder, as `convertTransducer` writes it
 */
export async function prepareEar(
  cache: string,
  scale: ModelScale,
  precision: Precision,
): Promise<string> {
  const directory = join(cache, "bench", "gpu", `ear-${scale}-${precision}-v${conversionVersion}`);
  if (existsSync(directory)) return directory;
  await mkdir(dirname(directory), { recursive: true });
  await convertTransducer({ checkpoint: randomCheckpoint(sizes[scale]), directory, precision });
  return directory;
}
