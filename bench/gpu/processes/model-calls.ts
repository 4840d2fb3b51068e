import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import type { ModelScale } from "../models/ear-model";

/** Calls of the process that makes models: several may run beside each other. */
export type ModelCalls = {
  /** @returns folder of the recogniser */
  ear(request: { cache: string; scale: ModelScale; precision: Precision }): Promise<string>;
  /** The July model of Magpie and its codec; `PARLEY_CACHE` says where. */
  voice(request: { scale: ModelScale; precision: Precision }): Promise<VoiceFolders>;
  /** Converts a checkpoint in a precision in which tokens or codes are compared. */
  checkpoint(request: CheckpointRequest): Promise<string>;
};

export type CheckpointRequest = {
  file: string;
  directory: string;
  precision: Precision;
  kind: "ear" | "voice";
};

export type VoiceFolders = { model: string; codec: string };
