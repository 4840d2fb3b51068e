import type { ModelEntry } from "./model-entry";

/** The larger sister of the ear that ships with Parley; other languages than English are not MIT. */
export const moonshineBase: ModelEntry = {
  name: "moonshine-base-en",
  title: "Moonshine Base",
  kind: "recognizer",
  purpose: "live English with punctuation, between Moonshine Tiny and Nemotron",
  languages: ["en"],
  format: "onnx",
  repository: "UsefulSensors/moonshine",
  revision: "main",
  files: [
    "onnx/merged/base/quantized/encoder_model.onnx",
    "onnx/merged/base/quantized/decoder_model_merged.onnx",
  ],
  aboutBytes: null,
  licence: "MIT",
  needs: [],
  remarks: [
    "61 M parameters; never downloaded nor run here: the names of its files are those that the publisher's own package asks for",
  ],
};
