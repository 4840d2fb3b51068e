import { basename, join } from "node:path";

const repository = join(import.meta.dirname, "..", "..", "..");
const recordings = ["flite_slt", "noisy_rms", "gap_gb", "meeting_kal16"];
const voice = "model.nemo";

/**
 * A small recogniser and recordings whose tokens are compared, and a small voice whose codes are, from
 * the tests of both packages.
 */
export function fixtureFiles(): string[] {
  const audio = join(repository, "packages/speech/src/transducer/fixtures/audio");
  const models = join(repository, "packages/nemo-onnx/fixtures");
  return [
    join(models, "eou-like.nemo"),
    join(models, "magpie/voice", voice),
    ...recordings.map((name) => join(audio, `${name}.wav`)),
  ];
}

/** Whether a checkpoint among the fixtures speaks; the others hear. */
export function isVoice(file: string): boolean {
  return basename(file) === voice;
}
