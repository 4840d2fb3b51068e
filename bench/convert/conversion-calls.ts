import type { Precision } from "@parley/nemo-onnx/quantization/precision";

export type ConversionRequest = { file: string; directory: string; precision: Precision };

export type ConversionCost = { wallMs: number; cpuMs: number; peakResidentBytes: number };

export type LoadCost = {
  loadMs: number;
  /** One chunk of one stream, the median of a few; one thread. */
  chunkMs: number;
  peakResidentBytes: number;
};

/** Calls of the conversion process, which serves one call. */
export type ConversionCalls = {
  convert(request: ConversionRequest): Promise<ConversionCost>;
  load(request: { directory: string }): Promise<LoadCost>;
};
