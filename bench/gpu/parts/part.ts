import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import type { ExecutionProvider } from "@parley/speech/runtime/execution-providers";
import type { CallTable } from "@parley/threads/calls";
import { openProcess, type SideProcess } from "../../support/side-process";
import type { ModelScale } from "../models/ear-model";
import type { Row } from "../report/part-report";
import type { Models } from "../models/models";

/** Settings of a run of the bench. */
export type BenchSettings = {
  scale: ModelScale;
  provider: ExecutionProvider;
  /** For weights. */
  cache: string;
  /** Checkpoints (`.nemo`) and recordings (`.wav`) whose tokens and codes are compared. */
  fixtures: readonly string[];
};

/** What a part works with, within its time box. */
export type PartContext = {
  settings: BenchSettings;
  models: Models;
  signal: AbortSignal;
  row: (row: Row) => void;
  note: (note: string) => void;
};

/** A part of the bench, with a time box of its own. */
export type Part = {
  name: string;
  limitSeconds: number;
  run: (context: PartContext) => Promise<void>;
};

/** Precisions that are measured side by side. */
export const measuredPrecisions: readonly Precision[] = ["fp32", "fp16"];

/** Runs `use` with a process of its own, which ends with the part's time. */
export async function withProcess<Calls extends CallTable>(
  file: URL,
  { signal, settings }: Pick<PartContext, "signal" | "settings">,
  use: (child: SideProcess<Calls>) => Promise<void>,
): Promise<void> {
  signal.throwIfAborted();
  const environment = { PARLEY_CACHE: settings.cache };
  // One that is in the midst of a run answers nothing: it is ended at once.
  const options = { environment, flags: ["--expose-gc"], graceMs: 1_000 };
  const child = await openProcess<Calls>(file, options);
  try {
    await use(child);
  } finally {
    await child.close();
  }
}
