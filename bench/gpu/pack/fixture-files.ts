import { join } from "node:path";

const repository = join(import.meta.dirname, "..", "..", "..");
const recordings = ["flite_slt", "noisy_rms", "gap_gb", "meeting_kal16"];

/** A small model and recordings whose tokens are compared, from the tests of both packages. */
export function fixtureFiles(): string[] {
  const audio = join(repository, "packages/speech/src/transducer/fixtures/audio");
  return [
    join(repository, "packages/nemo-onnx/fixtures/eou-like.nemo"),
    ...recordings.map((name) => join(audio, `${name}.wav`)),
  ];
}
