import { createRequire } from "node:module";
import { join } from "node:path";
import { z } from "zod";

/** The part of sherpa-onnx-node that is used here; the package ships no types. */
export type SherpaStream = {
  acceptWaveform(sound: { sampleRate: number; samples: Float32Array }): void;
  inputFinished(): void;
};

export type SherpaRecognizer = {
  createStream(): SherpaStream;
  isReady(stream: SherpaStream): boolean;
  /** One batch. */
  decodeStreams(streams: readonly SherpaStream[]): void;
  getResult(stream: SherpaStream): { text: string };
  reset(stream: SherpaStream): void;
};

export type Sherpa = { OnlineRecognizer: new (settings: object) => SherpaRecognizer };

/** Where the bench installed the package; set by its main program. */
const folderVariable = "PARLEY_SHERPA_ONNX";

/** @throws Error when the bench has not installed sherpa-onnx-node */
export function loadSherpa(): Sherpa {
  const folder = z.string().parse(process.env[folderVariable]);
  const require = createRequire(join(folder, "package.json"));
  return require("sherpa-onnx-node") as Sherpa;
}
